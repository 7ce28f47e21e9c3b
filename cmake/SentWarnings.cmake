# Our warning set, linked PRIVATE and never exported: a project that contains the library keeps its warnings.
add_library(sent_warnings INTERFACE)

if(CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
    target_compile_options(
        sent_warnings
        INTERFACE -Wall
                  -Wextra
                  -Wpedantic
                  -Wshadow
                  -Wconversion
                  -Wsign-conversion
                  -Wold-style-cast
                  -Wnon-virtual-dtor
                  -Woverloaded-virtual
                  -Wnull-dereference
                  -Wdouble-promotion
                  -Wformat=2)
    # GCC 12 takes the standard library's own `"text" + std::string()` for overlapping memory in optimised C++20
    # (GCC's bug 105329).
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
        target_compile_options(sent_warnings INTERFACE -Wno-restrict)
    endif()
    if(SENT_WARNINGS_AS_ERRORS)
        target_compile_options(sent_warnings INTERFACE -Werror)
    endif()
elseif(MSVC)
    target_compile_options(sent_warnings INTERFACE /W4 /permissive-)
    if(SENT_WARNINGS_AS_ERRORS)
        target_compile_options(sent_warnings INTERFACE /WX)
    endif()
endif()
