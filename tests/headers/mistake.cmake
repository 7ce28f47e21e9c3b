# Fails unless the compiler explains the mistake number MISTAKE of mistakes.cpp, compiled as C++STANDARD, with the text
# EXPECTED, in few lines and no more than ERRORS errors. With ERRORS 0 it has to compile.
execute_process(
    COMMAND "${COMPILER}" -std=c++${STANDARD} -fsyntax-only -DMISTAKE=${MISTAKE} "-I${INCLUDE_DIR}" "${SOURCE}"
    RESULT_VARIABLE result
    OUTPUT_VARIABLE output
    ERROR_VARIABLE output)
string(REGEX MATCHALL "error: " errors "${output}")
list(LENGTH errors error_count)
string(REGEX MATCHALL "\n" lines "${output}")
list(LENGTH lines line_count)

if(ERRORS EQUAL 0)
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "Does not compile:\n${output}")
    endif()
    return()
endif()
if(result EQUAL 0)
    message(FATAL_ERROR "Mistake ${MISTAKE} compiles")
endif()
string(FIND "${output}" "${EXPECTED}" position)
if(position EQUAL -1)
    message(FATAL_ERROR "The error of mistake ${MISTAKE} does not say `${EXPECTED}`:\n${output}")
endif()
if(error_count GREATER ERRORS OR line_count GREATER 40)
    message(FATAL_ERROR "Mistake ${MISTAKE} gets ${error_count} errors in ${line_count} lines:\n${output}")
endif()
