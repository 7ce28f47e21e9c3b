# An overlay port: it builds the checkout that it lies in.
#   vcpkg install sent --overlay-ports=packaging/vcpkg
cmake_path(SET SOURCE_PATH NORMALIZE "${CMAKE_CURRENT_LIST_DIR}/../../..")

vcpkg_check_features(
    OUT_FEATURE_OPTIONS feature_options
    FEATURES
        client SENT_BUILD_CLIENT
        simdjson SENT_WITH_SIMDJSON
        testing SENT_BUILD_TESTING_LIBRARY
        tools SENT_BUILD_TOOLS)

vcpkg_cmake_configure(
    SOURCE_PATH "${SOURCE_PATH}"
    OPTIONS
        ${feature_options}
        -DSENT_INSTALL=ON
        -DSENT_BUILD_TESTS=OFF
        -DSENT_BUILD_EXAMPLES=OFF
        -DSENT_BUILD_BENCHMARKS=OFF)
vcpkg_cmake_install()
vcpkg_cmake_config_fixup(PACKAGE_NAME sent CONFIG_PATH lib/cmake/sent)
vcpkg_fixup_pkgconfig()
vcpkg_copy_pdbs()
if("tools" IN_LIST FEATURES)
    vcpkg_copy_tools(TOOL_NAMES sent-emulator AUTO_CLEAN)
endif()

file(REMOVE_RECURSE "${CURRENT_PACKAGES_DIR}/debug/include" "${CURRENT_PACKAGES_DIR}/debug/share")
vcpkg_install_copyright(FILE_LIST "${SOURCE_PATH}/LICENSE")
file(INSTALL "${CMAKE_CURRENT_LIST_DIR}/usage" DESTINATION "${CURRENT_PACKAGES_DIR}/share/${PORT}")
