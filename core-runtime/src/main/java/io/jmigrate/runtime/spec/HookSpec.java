package io.jmigrate.runtime.spec;

import java.util.List;
import java.util.Optional;

/** One hook; an empty path when it is missing. @param timeout in seconds */
public record HookSpec(String path, List<String> args, List<String> env, Optional<Long> timeout) {}
