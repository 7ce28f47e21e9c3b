# Compares what lies below PREFIX with the list in EXPECTED, in which @LIBDIR@ and @VERSION@ stand for what they say.
# Headers are not in that list: they have to be exactly those of the source tree, less what is not installed.
file(GLOB_RECURSE installed RELATIVE "${PREFIX}" "${PREFIX}/*")
list(TRANSFORM installed REPLACE "targets-[a-z]+\\.cmake$" "targets-CONFIG.cmake")

file(READ "${EXPECTED}" text)
string(REGEX MATCH "^[0-9]+\\.[0-9]+" SOVERSION "${VERSION}")
string(CONFIGURE "${text}" text @ONLY)
string(REGEX REPLACE "\n+$" "" text "${text}")
string(REPLACE "\n" ";" expected "${text}")

set(source_include "${CMAKE_CURRENT_LIST_DIR}/../../include")
file(GLOB_RECURSE headers RELATIVE "${source_include}" "${source_include}/*.hpp")
list(TRANSFORM headers PREPEND "include/")
list(APPEND expected ${headers})

set(missing ${expected})
list(REMOVE_ITEM missing ${installed})
set(surplus ${installed})
list(REMOVE_ITEM surplus ${expected})
if(missing OR surplus)
    list(JOIN missing "\n  " missing)
    list(JOIN surplus "\n  " surplus)
    message(FATAL_ERROR "Installed files differ from ${EXPECTED}.\nMissing:\n  ${missing}\nSurplus:\n  ${surplus}")
endif()
