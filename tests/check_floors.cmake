# The floors of the house. A file includes only files of its own floor and of the floors that its row names; this test reads
# every #include in include/ and src/ and fails when the table is broken, when docs/architecture.md quotes it wrongly, or when a
# public header is too long.
#
# A folder of src/ is a floor. Public headers are flat for users, so their floor stands here. `transport` is what core knows of the
# transport: the interface and its options, and nothing of libcurl.

cmake_minimum_required(VERSION 3.25)

#          floor       may include
set(floors "base       :"
           "json       : base"
           "transport  : base"
           "http       : base transport"
           "core       : base json transport"
           "operations : base json transport core"
           "webhooks   : base json"
           "testing    : base public"
           "emulator   : base public"
           "everything : base json transport http core operations webhooks public")

#                  floor        its public headers, as a regular expression below include/sent
set(public_headers "base       : (export|version|error|result|secret|clock|cancellation|timestamp|logging|segments|tidy_number)"
                   "base       : (document|nullable|open_enum|json_text|page|response_meta|http/headers)"
                   "base       : detail/(any_text|deprecated|wrong_use|result_access|completion|once_task)"
                   "json       : (operation|v3/common|v3/call_party|detail/json_bridge)"
                   "transport  : http/(body_part|transport|curl_options)"
                   "http       : http/curl_transport"
                   "core       : (options|rate_limit_options|bulk_options|raw_request|encoded_request|client|future|bulk|coroutine)"
                   "core       : (unknown_members|drift_counter)"
                   "core       : detail/(client_parts|bulk_run|bulk_results|ranges)"
                   "operations : (operations|v[123]/.*)"
                   "webhooks   : webhooks/.*"
                   "testing    : testing/(fake_clock|mock_transport|recorded_request)"
                   "emulator   : testing/(emulator|emulator_options|fault)"
                   "everything : (sent|webhooks|json|testing/testing)")

function(floor_of_public path result)
    foreach(row IN LISTS public_headers)
        string(REGEX MATCH "^([a-z]+) *: (.*)$" ignored "${row}")
        set(floor "${CMAKE_MATCH_1}")
        if(path MATCHES "^${CMAKE_MATCH_2}\\.hpp$")
            set(${result} "${floor}" PARENT_SCOPE)
            return()
        endif()
    endforeach()
    set(${result} "" PARENT_SCOPE)
endfunction()

function(floor_of_internal path result)
    string(REGEX REPLACE "/.*" "" floor "${path}")
    set(${result} "${floor}" PARENT_SCOPE)
endfunction()

set(broken "")
function(check file floor)
    foreach(row IN LISTS floors)
        if(row MATCHES "^${floor} *:(.*)$")
            separate_arguments(allowed UNIX_COMMAND "${CMAKE_MATCH_1}")
        endif()
    endforeach()
    if(NOT DEFINED allowed)
        string(APPEND broken "\n  ${file}: no floor of the table")
        set(broken "${broken}" PARENT_SCOPE)
        return()
    endif()
    list(APPEND allowed "${floor}")
    file(STRINGS "${SOURCE_DIR}/${file}" lines REGEX "^[ \t]*#[ \t]*include[ \t]*([\"]|<sent/)")
    foreach(line IN LISTS lines)
        if(line MATCHES "<sent/([a-z0-9_/]+\\.hpp)>")
            floor_of_public("${CMAKE_MATCH_1}" other)
            set(is_public TRUE)
        elseif(line MATCHES "\"([a-z0-9_/]+\\.hpp)\"")
            floor_of_internal("${CMAKE_MATCH_1}" other)
            set(is_public FALSE)
        else()
            continue()
        endif()
        if(other STREQUAL "")
            string(APPEND broken "\n  ${file}: ${CMAKE_MATCH_1} stands in no row of the public headers")
        elseif(NOT other IN_LIST allowed AND NOT (is_public AND "public" IN_LIST allowed))
            string(APPEND broken "\n  ${file} (${floor}) includes ${CMAKE_MATCH_1} (${other})")
        endif()
    endforeach()
    set(broken "${broken}" PARENT_SCOPE)
endfunction()

# The quotation in docs/architecture.md has the same rows.
file(STRINGS "${SOURCE_DIR}/docs/architecture.md" quoted REGEX "^\\| `?[a-z]+`? \\| .* \\| [a-z`, ]+ \\|$")
foreach(row IN LISTS floors)
    string(REGEX REPLACE " +" " " row "${row}")
    set(is_quoted FALSE)
    foreach(line IN LISTS quoted)
        string(REGEX REPLACE "^\\| ([a-z`]+) \\| .* \\| ([a-z`, ]+) \\|$" "\\1 : \\2" line "${line}")
        string(REGEX REPLACE "[`,]| headers|nothing" "" line "${line}")
        string(STRIP "${line}" line)
        if(line STREQUAL row)
            set(is_quoted TRUE)
        endif()
    endforeach()
    if(NOT is_quoted AND NOT row MATCHES "^everything")
        string(APPEND broken "\n  docs/architecture.md does not quote the row `${row}`")
    endif()
endforeach()

file(GLOB_RECURSE headers RELATIVE "${SOURCE_DIR}/include/sent" "${SOURCE_DIR}/include/sent/*.hpp")
foreach(header IN LISTS headers)
    floor_of_public("${header}" floor)
    check("include/sent/${header}" "${floor}")
    # A header that a person can read in one go.
    file(READ "${SOURCE_DIR}/include/sent/${header}" text)
    string(REGEX MATCHALL "\n" line_ends "${text}")
    list(LENGTH line_ends length)
    if(length GREATER 200)
        string(APPEND broken "\n  include/sent/${header} has ${length} lines; split it by subject (200 is the limit)")
    endif()
endforeach()
file(GLOB_RECURSE sources RELATIVE "${SOURCE_DIR}/src" "${SOURCE_DIR}/src/*.hpp" "${SOURCE_DIR}/src/*.cpp")
foreach(source IN LISTS sources)
    floor_of_internal("${source}" floor)
    check("src/${source}" "${floor}")
endforeach()
if(NOT headers OR NOT sources)
    message(FATAL_ERROR "No files below ${SOURCE_DIR}")
endif()
if(broken)
    message(FATAL_ERROR "Includes that break the floors (see the table in tests/check_floors.cmake):${broken}")
endif()
