# Sanitizers and coverage have to reach every target of the build, so these are directory options.
if(SENT_SANITIZE)
    if(NOT SENT_SANITIZE MATCHES "^(address|undefined|address,undefined|thread)$")
        message(FATAL_ERROR "SENT_SANITIZE must be address, undefined, \"address,undefined\" or thread, not "
                            "\"${SENT_SANITIZE}\"")
    endif()
    add_compile_options(-fsanitize=${SENT_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer -g)
    add_link_options(-fsanitize=${SENT_SANITIZE})
endif()

if(SENT_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()

if(SENT_COVERAGE)
    add_compile_options(--coverage -fprofile-update=atomic)
    add_link_options(--coverage)
endif()
