# Fails when a source file below SOURCE_DIR is not in the list LISTED_FILE, one path a line: the lists in CMakeLists.txt
# are written by hand, and a file that was forgotten there is compiled by nobody.
file(STRINGS "${LISTED_FILE}" listed)
file(GLOB_RECURSE found RELATIVE "${SOURCE_DIR}" "${SOURCE_DIR}/*.cpp")
list(REMOVE_ITEM found ${listed})
if(found)
    list(JOIN found "\n  " found)
    message(FATAL_ERROR "Not listed in a CMakeLists.txt below ${SOURCE_DIR}:\n  ${found}")
endif()
