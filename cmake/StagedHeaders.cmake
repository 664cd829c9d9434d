# One folder per header-only library, holding links to that library alone. A target sees a library only by linking
# its interface target; the Windows cross build, which never looks into /usr/include, thereby enforces the layers.
function(upshift_stage_headers target name)
    find_path(UPSHIFT_${target}_ROOT ${name} PATHS /usr/include NO_CMAKE_FIND_ROOT_PATH REQUIRED)
    set(stage ${CMAKE_BINARY_DIR}/headers/${target})
    file(MAKE_DIRECTORY ${stage})
    if(NOT EXISTS ${stage}/${name})
        file(CREATE_LINK ${UPSHIFT_${target}_ROOT}/${name} ${stage}/${name} SYMBOLIC)
    endif()
    add_library(${target} INTERFACE)
    target_include_directories(${target} SYSTEM INTERFACE ${stage})
endfunction()
