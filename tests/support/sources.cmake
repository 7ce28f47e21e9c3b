# What tests share: the scripted raw-socket server and what belongs to it. It needs OpenSSL 3, zlib and threads, and
# nothing of the library under test.
set(SENT_TEST_SUPPORT_SOURCES
    ${CMAKE_CURRENT_LIST_DIR}/allocations.cpp
    ${CMAKE_CURRENT_LIST_DIR}/compression.cpp
    ${CMAKE_CURRENT_LIST_DIR}/conversation.cpp
    ${CMAKE_CURRENT_LIST_DIR}/gate.cpp
    ${CMAKE_CURRENT_LIST_DIR}/loopback.cpp
    ${CMAKE_CURRENT_LIST_DIR}/posix.cpp
    ${CMAKE_CURRENT_LIST_DIR}/program.cpp
    ${CMAKE_CURRENT_LIST_DIR}/raw_client.cpp
    ${CMAKE_CURRENT_LIST_DIR}/received_request.cpp
    ${CMAKE_CURRENT_LIST_DIR}/recorder.cpp
    ${CMAKE_CURRENT_LIST_DIR}/replies.cpp
    ${CMAKE_CURRENT_LIST_DIR}/scoped_locale.cpp
    ${CMAKE_CURRENT_LIST_DIR}/script.cpp
    ${CMAKE_CURRENT_LIST_DIR}/scripted_server.cpp
    ${CMAKE_CURRENT_LIST_DIR}/temp_dir.cpp
    ${CMAKE_CURRENT_LIST_DIR}/tls_identity.cpp
    ${CMAKE_CURRENT_LIST_DIR}/tls_session.cpp
    ${CMAKE_CURRENT_LIST_DIR}/wire.cpp)
