package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.runtime.feature.Features;
import io.jmigrate.runtime.seccomp.FilterCompiler;
import java.nio.file.Path;
import java.util.Map;

/** Prints what this runtime can do, in the form of the runtime specification. */
public final class FeaturesVerb implements Verb {
    /** As runc calls it. */
    private static final String LIBSECCOMP = "io.github.seccomp.libseccomp.version";

    private static final String VERSION = "io.jmigrate.version";

    @Override
    public Declaration declaration() {
        return Declaration.of(
                        this,
                        "features",
                        "Print what the runtime can do, as the features document of the OCI runtime specification.",
                        "Whether this host's kernel can do it too is another matter.")
                .examples("$ jmigrate features");
    }

    @Override
    public int run(Session session) {
        Path natives = session.invocation().distribution().nativeDirectory();
        session.print(Features.document(Map.of(
                VERSION,
                BuildVersion.text(),
                LIBSECCOMP,
                FilterCompiler.in(natives).version())));
        return ExitCode.SUCCESS.status();
    }
}
