# A build that the compiler optimises by a profile: SENT_PGO, preset release-pgo. The library is compiled twice. A first build, in
# the folder `instrumented`, makes the sends of bench/train and so writes down which code a call uses. The second one is compiled
# with that, the benchmark's programs included, because parts of a call are templates.
if(NOT SENT_PGO AND NOT SENT_PROFILE_OUTPUT)
    return()
endif()

# The flags with which a profile is written to FOLDER, and with which it is used.
function(sent_profile_flags folder writing using)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 12)
        # Counts belong to object files, whose folder is another one in each of the two builds. Code that no send uses (errors,
        # other operations) is optimised as without a profile.
        set(place "-fprofile-prefix-path=${PROJECT_BINARY_DIR}")
        set(${writing} "-fprofile-generate=${folder}" -fprofile-update=atomic "${place}" PARENT_SCOPE)
        set(${using} "-fprofile-use=${folder}" -fprofile-partial-training -Wno-missing-profile "${place}" PARENT_SCOPE)
    elseif(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
        set(${writing} "-fprofile-generate=${folder}" -fprofile-update=atomic PARENT_SCOPE)
        set(${using} "-fprofile-use=${folder}/sent.profdata" -Wno-profile-instr-unprofiled PARENT_SCOPE)
    else()
        message(FATAL_ERROR "SENT_PGO needs GCC 12 or newer, or Clang, not ${CMAKE_CXX_COMPILER_ID} "
                            "${CMAKE_CXX_COMPILER_VERSION}")
    endif()
endfunction()

# ccache does not know the profile that an object is compiled with.
set(CMAKE_CXX_COMPILER_LAUNCHER "")

# The first build.
function(sent_write_profile)
    sent_profile_flags("${SENT_PROFILE_OUTPUT}" options ignored)
    add_compile_options(${options})
    add_link_options(-fprofile-generate)
endfunction()

# The second build. Makes the target sent-profile, which runs the first one and its sends, and sets sent_profile_stamp: a file that
# is newer than the profile.
function(sent_use_profile)
    set(folder "${PROJECT_BINARY_DIR}/profile")
    set(instrumented "${PROJECT_BINARY_DIR}/instrumented")
    sent_profile_flags("${folder}" ignored options)
    add_compile_options(${options})

    set(merge)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
        string(REGEX MATCH "^[0-9]+" clang_major "${CMAKE_CXX_COMPILER_VERSION}")
        find_program(SENT_LLVM_PROFDATA NAMES "llvm-profdata-${clang_major}" llvm-profdata REQUIRED)
        set(merge COMMAND "${SENT_LLVM_PROFDATA}" merge -o "${folder}/sent.profdata" "${folder}")
    endif()

    set(settings)
    foreach(
        variable IN
        ITEMS CMAKE_BUILD_TYPE
              CMAKE_CXX_COMPILER
              CMAKE_CXX_FLAGS
              CMAKE_CXX_STANDARD
              CMAKE_PREFIX_PATH
              CMAKE_TOOLCHAIN_FILE
              BUILD_SHARED_LIBS
              SENT_UNITY_BUILD
              SENT_WITH_SIMDJSON)
        if(DEFINED ${variable})
            string(REPLACE ";" "$<SEMICOLON>" value "${${variable}}")
            list(APPEND settings "-D${variable}=${value}")
        endif()
    endforeach()
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/include/*.hpp" "${PROJECT_SOURCE_DIR}/src/*.[hc]pp"
         "${PROJECT_SOURCE_DIR}/bench/*.[hc]pp")
    add_custom_command(
        OUTPUT "${folder}/stamp"
        COMMAND
            "${CMAKE_COMMAND}" -S "${PROJECT_SOURCE_DIR}" -B "${instrumented}" -G "${CMAKE_GENERATOR}" ${settings}
            "-DSENT_PROFILE_OUTPUT=${folder}" -DSENT_BUILD_TESTS=OFF -DSENT_BUILD_EXAMPLES=OFF -DSENT_BUILD_TOOLS=OFF
            -DSENT_BUILD_BENCHMARKS=ON
        COMMAND "${CMAKE_COMMAND}" --build "${instrumented}" --target sent-bench-calls
        COMMAND "${CMAKE_COMMAND}" -E rm -rf "${folder}"
        COMMAND "${PROJECT_SOURCE_DIR}/bench/train" "${instrumented}/bench/sent-bench-calls"
        ${merge}
        COMMAND "${CMAKE_COMMAND}" -E touch "${folder}/stamp"
        DEPENDS ${sources} "${PROJECT_SOURCE_DIR}/bench/train"
        COMMENT "Learning from the benchmark's sends which code is used"
        USES_TERMINAL VERBATIM)
    add_custom_target(sent-profile DEPENDS "${folder}/stamp")
    set(sent_profile_stamp "${folder}/stamp" PARENT_SCOPE)
endfunction()

if(SENT_PROFILE_OUTPUT)
    sent_write_profile()
else()
    sent_use_profile()
endif()
