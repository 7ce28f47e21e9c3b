# Finds cpp-httplib as httplib::httplib, whoever packaged it: with a CMake config (vcpkg, conan, upstream), or split into
# a header and a library that only pkg-config knows (Debian, Ubuntu), or as the bare header.
# Installed beside our own package config, which needs it for the component "testing".
include(FindPackageHandleStandardArgs)

find_package(httplib CONFIG QUIET)
if(httplib_FOUND)
    find_package_handle_standard_args(httplib CONFIG_MODE)
    return()
endif()

find_package(PkgConfig QUIET)
if(PKG_CONFIG_FOUND)
    pkg_check_modules(PC_HTTPLIB QUIET cpp-httplib)
endif()

find_path(HTTPLIB_INCLUDE_DIR httplib.h HINTS ${PC_HTTPLIB_INCLUDE_DIRS})
find_library(HTTPLIB_LIBRARY cpp-httplib HINTS ${PC_HTTPLIB_LIBRARY_DIRS})
mark_as_advanced(HTTPLIB_INCLUDE_DIR HTTPLIB_LIBRARY)

find_package_handle_standard_args(
    httplib
    REQUIRED_VARS HTTPLIB_INCLUDE_DIR
    VERSION_VAR PC_HTTPLIB_VERSION)

if(httplib_FOUND AND NOT TARGET httplib::httplib)
    find_package(Threads REQUIRED)
    add_library(httplib::httplib INTERFACE IMPORTED)
    target_include_directories(httplib::httplib INTERFACE "${HTTPLIB_INCLUDE_DIR}")
    target_link_libraries(httplib::httplib INTERFACE Threads::Threads)
    if(HTTPLIB_LIBRARY)
        # The macros decide the layout of its classes: they must be those that the library was built with.
        target_link_libraries(httplib::httplib INTERFACE "${HTTPLIB_LIBRARY}")
        target_compile_options(httplib::httplib INTERFACE ${PC_HTTPLIB_CFLAGS_OTHER})
        if(PC_HTTPLIB_CFLAGS_OTHER MATCHES "CPPHTTPLIB_OPENSSL_SUPPORT")
            find_package(OpenSSL REQUIRED)
            target_link_libraries(httplib::httplib INTERFACE OpenSSL::SSL OpenSSL::Crypto)
        endif()
    endif()
endif()
