# Found, never downloaded.
set(SENT_CURL_MINIMUM 7.87.0) # CURLOPT_QUICK_EXIT: a call need not wait for a name server that is silent
set(SENT_JSON_MINIMUM 3.10.5)
set(SENT_SIMDJSON_MINIMUM 3.0.0)

if(SENT_BUILD_CLIENT)
    find_package(CURL ${SENT_CURL_MINIMUM} REQUIRED)
endif()
find_package(OpenSSL 1.1.1 REQUIRED COMPONENTS Crypto SSL)
find_package(nlohmann_json ${SENT_JSON_MINIMUM} REQUIRED)
if(SENT_WITH_SIMDJSON)
    # Its package takes a version for the only minor version that will do.
    find_package(simdjson REQUIRED)
    if(simdjson_VERSION VERSION_LESS SENT_SIMDJSON_MINIMUM)
        message(FATAL_ERROR "simdjson ${simdjson_VERSION} is too old: ${SENT_SIMDJSON_MINIMUM} or newer is needed")
    endif()
endif()
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)

if(SENT_BUILD_TESTING_LIBRARY)
    list(APPEND CMAKE_MODULE_PATH "${CMAKE_CURRENT_LIST_DIR}/modules")
    find_package(httplib REQUIRED)
endif()
if(SENT_BUILD_TOOLS)
    find_package(CLI11 REQUIRED)
endif()
if(SENT_BUILD_TESTS)
    find_package(GTest REQUIRED)
    find_package(ZLIB REQUIRED) # the test server compresses
endif()
