package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.CreateOptions;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.CreateRequest;

/** Requests that more than one verb makes. */
final class Requests {
    private Requests() {}

    static CreateRequest create(Session session, ContainerId id, CreateOptions options, boolean foreground) {
        int listening = PreservedDescriptors.listening(session.invocation());
        return new CreateRequest(
                id,
                session.resolve(options.bundle()),
                session.containerStreams(),
                session.console(options.console(), foreground),
                options.pidFile().map(session::resolve),
                options.pidfdSocket().map(session::resolve),
                options.rootEntry(),
                options.keepsKeyring(),
                PreservedDescriptors.of(session.invocation(), listening + options.preserved()),
                listening);
    }
}
