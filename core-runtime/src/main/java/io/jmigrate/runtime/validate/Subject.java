package io.jmigrate.runtime.validate;

import io.jmigrate.runtime.spec.Spec;
import java.nio.file.Path;

/** What is judged: a spec and the bundle that it belongs to. */
record Subject(Path bundle, Spec spec) {}
