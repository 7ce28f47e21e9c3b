# Found, never downloaded.
set(SENT_CURL_MINIMUM 7.80.0) # CURLOPT_PREREQFUNCTION: the last moment before a request leaves
set(SENT_JSON_MINIMUM 3.10.5)

if(SENT_BUILD_CLIENT)
    find_package(CURL ${SENT_CURL_MINIMUM} REQUIRED)
endif()
find_package(OpenSSL 1.1.1 REQUIRED COMPONENTS Crypto SSL)
find_package(nlohmann_json ${SENT_JSON_MINIMUM} REQUIRED)
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
