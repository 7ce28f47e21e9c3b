# Everything that has to repeat the version says what version.hpp says. Run by CTest: cmake -P.
set(root "${CMAKE_CURRENT_LIST_DIR}/../..")
file(READ "${root}/include/sent/version.hpp" header)
string(REGEX MATCH "SENT_VERSION_STRING \"([^\"]+)\"" matched "${header}")
set(version "${CMAKE_MATCH_1}")
if(NOT version STREQUAL EXPECTED)
    message(FATAL_ERROR "version.hpp: SENT_VERSION_STRING is ${version}, but its numbers make ${EXPECTED}")
endif()

file(READ "${root}/packaging/vcpkg/sent/vcpkg.json" manifest)
string(JSON packaged GET "${manifest}" version)
if(NOT packaged STREQUAL version)
    message(FATAL_ERROR "packaging/vcpkg/sent/vcpkg.json says ${packaged}, version.hpp says ${version}")
endif()
