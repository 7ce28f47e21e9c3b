# Install rules: libraries, public headers, CMake package (components: webhooks, client, testing), pkg-config files.
include(CheckCXXSourceCompiles)
include(CMakePackageConfigHelpers)

set(sent_cmake_dir "${CMAKE_INSTALL_LIBDIR}/cmake/sent")
set(sent_pkgconfig_dir "${CMAKE_INSTALL_LIBDIR}/pkgconfig")

install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DOCDIR}")

# Each library is a separate set: a project that asks for one component does not need what another depends on.
function(sent_install_library target)
    if(SENT_BUILD_SHARED AND UNIX AND NOT APPLE)
        set_target_properties(${target} PROPERTIES INSTALL_RPATH "$ORIGIN")
    endif()
    get_target_property(component ${target} EXPORT_NAME)
    if(component)
        set(targets sent-${component}-targets)
    else()
        set(targets sent-targets)
    endif()
    install(TARGETS ${target} EXPORT ${targets})
    install(
        EXPORT ${targets}
        NAMESPACE sent::
        DESTINATION "${sent_cmake_dir}")
endfunction()

sent_install_library(sent_webhooks)

# What sent/webhooks.hpp includes, and sent/json.hpp with what that includes.
set(sent_webhooks_headers
    cancellation.hpp
    clock.hpp
    detail/any_text.hpp
    detail/json_bridge.hpp
    error.hpp
    export.hpp
    http/headers.hpp
    json.hpp
    json_text.hpp
    nullable.hpp
    open_enum.hpp
    operation.hpp
    page.hpp
    response_meta.hpp
    result.hpp
    secret.hpp
    segments.hpp
    tidy_number.hpp
    timestamp.hpp
    v3/call_party.hpp
    v3/common.hpp
    version.hpp
    webhooks.hpp)
if(SENT_BUILD_CLIENT)
    sent_install_library(sent)
    install(
        DIRECTORY "${PROJECT_SOURCE_DIR}/include/sent"
        DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}"
        FILES_MATCHING
        PATTERN "*.hpp"
        PATTERN "testing" EXCLUDE)
else()
    foreach(header IN LISTS sent_webhooks_headers)
        cmake_path(GET header PARENT_PATH folder)
        install(FILES "${PROJECT_SOURCE_DIR}/include/sent/${header}"
                DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/sent/${folder}")
    endforeach()
    install(
        DIRECTORY "${PROJECT_SOURCE_DIR}/include/sent/webhooks"
        DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/sent"
        FILES_MATCHING
        PATTERN "*.hpp")
endif()

if(SENT_BUILD_TESTING_LIBRARY)
    install(
        DIRECTORY "${PROJECT_SOURCE_DIR}/include/sent/testing"
        DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/sent"
        FILES_MATCHING
        PATTERN "*.hpp")
    sent_install_library(sent_testing)
    install(FILES "${PROJECT_SOURCE_DIR}/cmake/modules/Findhttplib.cmake" DESTINATION "${sent_cmake_dir}/modules")
endif()

configure_package_config_file(
    "${PROJECT_SOURCE_DIR}/cmake/sentConfig.cmake.in" "${PROJECT_BINARY_DIR}/sentConfig.cmake"
    INSTALL_DESTINATION "${sent_cmake_dir}"
    NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/sentConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/sentConfig.cmake" "${PROJECT_BINARY_DIR}/sentConfigVersion.cmake"
        DESTINATION "${sent_cmake_dir}")

# --- pkg-config ------------------------------------------------------------------------------------------------------

# The compiler flags that link a library by its path, with its folder when the linker would not look there by itself.
function(sent_link_flags result path)
    cmake_path(GET path PARENT_PATH folder)
    cmake_path(GET path STEM name)
    string(REGEX REPLACE "^lib" "" name "${name}")
    set(flags "-l${name}")
    if(NOT folder IN_LIST CMAKE_CXX_IMPLICIT_LINK_DIRECTORIES)
        string(PREPEND flags "-L${folder} ")
    endif()
    set(${result} "${flags}" PARENT_SCOPE)
endfunction()

# A file is written when it is installed, because that is when the prefix is known (cmake --install --prefix).
function(sent_install_pkgconfig name)
    set(generated "${PROJECT_BINARY_DIR}/${name}.pc")
    configure_file("${PROJECT_SOURCE_DIR}/cmake/${name}.pc.in" "${generated}.in" @ONLY)
    install(
        CODE "file(READ \"${generated}.in\" text)
              string(REPLACE \"%PREFIX%\" \"\${CMAKE_INSTALL_PREFIX}\" text \"\${text}\")
              file(WRITE \"${generated}\" \"\${text}\")")
    install(FILES "${generated}" DESTINATION "${sent_pkgconfig_dir}")
endfunction()

# GNUInstallDirs may be given absolute folders: appending one of those replaces the prefix.
set(sent_pc_libdir "\${prefix}")
cmake_path(APPEND sent_pc_libdir "${CMAKE_INSTALL_LIBDIR}")
set(sent_pc_includedir "\${prefix}")
cmake_path(APPEND sent_pc_includedir "${CMAKE_INSTALL_INCLUDEDIR}")

# Appends what a module's package wants for a static link to a list, if that can be linked here: distributions install
# libcurl.pc, but not all that it then names.
function(sent_require_privately list module)
    find_package(PkgConfig QUIET)
    if(NOT PKG_CONFIG_FOUND)
        return()
    endif()
    string(MAKE_C_IDENTIFIER "${module}" id)
    string(REGEX REPLACE " .*" "" name "${module}")
    pkg_check_modules(sent_pc_${id} QUIET "${module}")
    if(NOT sent_pc_${id}_FOUND)
        return()
    endif()
    set(CMAKE_REQUIRED_LIBRARIES ${sent_pc_${id}_STATIC_LDFLAGS})
    check_cxx_source_compiles("int main() { return 0; }" SENT_LINKS_${id})
    if(SENT_LINKS_${id})
        list(APPEND ${list} "${module}")
        set(${list} "${${list}}" PARENT_SCOPE)
    endif()
endfunction()

set(sent_pc_cflags "-I\${includedir}")
set(sent_pc_requires "sent-webhooks = ${PROJECT_VERSION}")
set(sent_pc_testing_requires "sent = ${PROJECT_VERSION}")
set(sent_pc_webhooks_requires "")
set(sent_pc_private "")
set(sent_pc_webhooks_private "")
set(sent_pc_testing_private "")
if(SENT_WITH_SIMDJSON AND NOT SENT_BUILD_SHARED)
    list(APPEND sent_pc_webhooks_requires simdjson)
endif()
set(sent_pc_libs "-L\${libdir} -lsent")
set(sent_pc_webhooks_libs "-L\${libdir} -lsent-webhooks")
set(sent_pc_testing_libs "-L\${libdir} -lsent-testing")
if(NOT SENT_BUILD_SHARED)
    string(APPEND sent_pc_cflags " -DSENT_STATIC")
    # A static library needs them however it is linked, so shared ones are named by flags: requiring libcurl.pc would need
    # all that curl was built from. What a static link needs beside them is required privately.
    if(OPENSSL_CRYPTO_LIBRARY MATCHES "\\.(so|dylib|tbd)$")
        sent_link_flags(flags "${OPENSSL_CRYPTO_LIBRARY}")
        string(APPEND sent_pc_webhooks_libs " ${flags}")
        sent_require_privately(sent_pc_webhooks_private libcrypto)
    else()
        list(APPEND sent_pc_webhooks_requires libcrypto)
    endif()
    if(SENT_BUILD_CLIENT)
        get_target_property(sent_curl_path CURL::libcurl IMPORTED_LOCATION)
        if(sent_curl_path MATCHES "\\.(so|dylib|tbd)$")
            foreach(library "${sent_curl_path}" "${OPENSSL_SSL_LIBRARY}" "${OPENSSL_CRYPTO_LIBRARY}")
                sent_link_flags(flags "${library}")
                string(APPEND sent_pc_libs " ${flags}")
            endforeach()
            foreach(library IN LISTS CMAKE_DL_LIBS)
                string(APPEND sent_pc_libs " -l${library}")
            endforeach()
            foreach(module IN ITEMS "libcurl >= ${SENT_CURL_MINIMUM}" libssl libcrypto)
                sent_require_privately(sent_pc_private "${module}")
            endforeach()
        else()
            string(APPEND sent_pc_requires ", libcurl >= ${SENT_CURL_MINIMUM}, libssl, libcrypto")
        endif()
    endif()
    if(HTTPLIB_LIBRARY)
        sent_link_flags(flags "${HTTPLIB_LIBRARY}")
        string(APPEND sent_pc_testing_libs " ${flags}")
        sent_require_privately(sent_pc_testing_private cpp-httplib)
    endif()
    # As a header only it becomes a part of ours, and what it was told to use with it.
    if(HTTPLIB_IS_USING_ZLIB)
        string(APPEND sent_pc_testing_requires ", zlib")
    endif()
    if(HTTPLIB_IS_USING_BROTLI)
        string(APPEND sent_pc_testing_requires ", libbrotlienc, libbrotlidec")
    endif()
endif()
string(APPEND sent_pc_libs " -pthread")
string(APPEND sent_pc_webhooks_libs " -pthread")

foreach(list IN ITEMS sent_pc_webhooks_requires sent_pc_private sent_pc_webhooks_private sent_pc_testing_private)
    list(JOIN ${list} ", " ${list})
endforeach()
sent_install_pkgconfig(sent-webhooks)
if(SENT_BUILD_CLIENT)
    sent_install_pkgconfig(sent)
endif()
if(SENT_BUILD_TESTING_LIBRARY)
    sent_install_pkgconfig(sent-testing)
endif()
