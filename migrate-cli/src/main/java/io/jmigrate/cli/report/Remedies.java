package io.jmigrate.cli.report;

import io.jmigrate.archive.ArchiveCode;
import io.jmigrate.archive.image.ImageCode;
import io.jmigrate.archive.integrity.KeyCode;
import io.jmigrate.archive.registry.RegistryCode;
import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.pages.PageCode;
import io.jmigrate.runtime.failure.FailureCode;
import io.jmigrate.runtime.failure.RuntimeCode;
import java.util.Optional;

/** What to do about a failure that brings no advice of its own. */
public final class Remedies {
    private Remedies() {}

    /**
     * One line of advice, or nothing where the message says all that is to be said.
     *
     * @throws IllegalArgumentException for codes of a kind that is not advised on here; a test looks for such kinds
     */
    public static Optional<String> of(FailureCode code) {
        return switch (code) {
            case OptionCode option -> ofOption(option);
            case CliCode cli -> ofCli(cli);
            case RuntimeCode runtime -> ofRuntime(runtime);
            case CriuCode criu -> ofCriu(criu);
            case PageCode pages -> ofPages(pages);
            case ArchiveCode archive -> ofArchive(archive);
            case ImageCode image -> ofImage(image);
            case RegistryCode registry -> ofRegistry(registry);
            case KeyCode key -> ofKey(key);
            case MigrationCode migration -> ofMigration(migration);
            default -> throw new IllegalArgumentException("no remedy for " + code.getClass());
        };
    }

    private static Optional<String> ofCli(CliCode code) {
        return switch (code) {
            case SERVICE ->
                Optional.of("commands work without the service; JMIGRATE_NO_SERVICE=1 keeps them from asking it");
            case BROKEN_TREE -> Optional.of("copy or build the whole tree again: bin, lib and share belong together");
            case FILE_EXISTS -> Optional.of("remove the file first, or write to another directory");
            case NO_USER_DIRECTORY ->
                Optional.of("set XDG_RUNTIME_DIR to a directory of your own, or name a runtime root: --root DIR");
            case INTERRUPTED -> Optional.empty();
            case INTERNAL -> Optional.of("this is a defect of jmigrate: please report it with the lines above");
        };
    }

    private static Optional<String> ofOption(OptionCode code) {
        return switch (code) {
            case USAGE -> Optional.of("jmigrate --help lists the commands, jmigrate COMMAND --help explains one");
            case OPTION_UNSUPPORTED -> Optional.of("leave the option out");
        };
    }

    private static Optional<String> ofRuntime(RuntimeCode code) {
        return switch (code) {
            case INVALID_CONFIG -> Optional.of("correct config.json; jmigrate spec writes one that works");
            case UNSUPPORTED -> Optional.of("remove the field from config.json if the container can do without it");
            case LIMIT_REFUSED -> Optional.of("choose another value; limits of the cgroups above hold too");
            case INVALID_CHANGE ->
                Optional.of(
                        "config.json is not at fault: give the option another value: --remap-mount, --cgroup-parent, --hostname");
            case INVALID_ID -> Optional.of("use letters, digits and _ + - . (not first)");
            case NOT_FOUND -> Optional.of("jmigrate list shows the containers; --root chooses the runtime root");
            case ALREADY_EXISTS -> Optional.of("choose another id or jmigrate delete the container");
            case WRONG_STATE -> Optional.of("jmigrate state shows the state that the container is in");
            case GIVEN_AWAY ->
                Optional.of(
                        "jmigrate migration recover decides where it runs; to give up what is here: jmigrate delete --force");
            case COMMAND_NOT_FOUND ->
                Optional.of("check process.args and PATH in process.env against the root filesystem");
            case NOT_EXECUTABLE ->
                Optional.of("check the program's mode and, for a script, the interpreter in its first line");
            case STATE_UNREADABLE -> Optional.of("jmigrate delete --force removes what is left of the container");
            case PERMISSION ->
                Optional.of(
                        "run jmigrate as root; docs/rootless.md tells what others may do, and how to let them do more");
            case SYSTEMD ->
                Optional.of("systemctl status and journalctl tell more; without --systemd-cgroup it is not asked");
            case IDS_NOT_GRANTED ->
                Optional.of(
                        "install the package uidmap, and have root give the ids to the user: /etc/subuid, /etc/subgid");
            case CONSOLE ->
                Optional.of(
                        "run it in the foreground on a terminal, or detached with --console-socket if it asks for one");
            case HOOK_FAILED -> Optional.of("what the hook said is above; hooks are in config.json");
            case INIT_FAILED -> Optional.of("jmigrate plan BUNDLE prints the steps that make the container");
            case IO -> Optional.empty();
        };
    }

    private static Optional<String> ofCriu(CriuCode code) {
        return switch (code) {
            case CRIU_MISSING -> Optional.of("install CRIU 4.2 or newer, or name it: --criu FILE");
            case CRIU_TOO_OLD -> Optional.of("install a newer CRIU, or name one: --criu FILE");
            case FEATURE_MISSING -> Optional.of("`criu check --all` tells what this kernel lacks");
            case CRIU_CONFIG ->
                Optional.of(
                        "take the lines out of the file, or name another: annotation org.criu.config, empty for none");
            case CRIU_HUNG ->
                Optional.of("look for what stands still (a disk, a network file system); --timeout gives CRIU longer");
            case IMAGES_EXCEED ->
                Optional.of(
                        "use a bundle like the one that it was made of, have its maker sign it (--trust), or consent to a part: --allow-images PART");
            case FILES_DIFFER ->
                Optional.of(
                        "bring the files back as they were at the checkpoint: size, type, mode, and times (cp -a and rsync -a keep them)");
            case PAGE_SERVER -> Optional.of("start it there: criu page-server --images-dir DIR --port PORT");
            case NO_SPACE -> Optional.of("choose a directory with more room: --image-path, --export");
            case IMAGES_INVALID ->
                Optional.of(
                        "copy the images again, all of them, or make a new checkpoint, in a new or an empty directory");
            case UNDUMPABLE ->
                Optional.of("end the process, or let it close what is named; jmigrate doctor says of each what to do");
            case DUMP_FAILED -> Optional.of("the lines of CRIU's log tell what it could not do");
            case PAGES_NOT_FETCHED ->
                Optional.of("nothing is lost: look there why the restore failed, and checkpoint it again");
            case PAGES_CUT_OFF -> Optional.of("end what runs of it elsewhere, then jmigrate resume it here");
            case PID_TAKEN ->
                Optional.of("end those processes, or give the job a pid namespace of its own: --new-pids");
            case MEMORY_LOST -> Optional.of("jmigrate delete what is left of it, and restore it again from its images");
            case MEMORY_ARRIVING -> Optional.of("try again when the restore has returned");
            case RESTORE_FAILED -> Optional.of("give the options of the checkpoint, and the same root filesystem");
        };
    }

    private static Optional<String> ofPages(PageCode code) {
        return switch (code) {
            case PAGES_ADDRESS -> Optional.of("choose an address of this machine, and a port that is free");
            case PAGES_NO_SPACE -> Optional.of("make room where the images are written");
            case PAGES_TRACKER -> Optional.of("leave the choice to jmigrate, or choose the tracker hash");
            case PAGES_PROTOCOL, PAGES_IO, PAGES_DIFFER -> Optional.empty();
        };
    }

    private static Optional<String> ofArchive(ArchiveCode code) {
        return switch (code) {
            case ARCHIVE_MISSING -> Optional.of("check the name of the archive");
            case ARCHIVE_INVALID -> Optional.of("copy the file again; jmigrate and podman write such files");
            case ARCHIVE_FORBIDDEN -> Optional.of("do not use this file: somebody has tampered with it");
            case ARCHIVE_EXISTS -> Optional.of("choose another name, or remove what has it");
            case ARCHIVE_NO_SPACE ->
                Optional.of("make room, or write to another file system; what is temporary goes to TMPDIR");
            case ARCHIVE_ALTERED -> Optional.of("do not use this file: fetch it again from where it was made");
            case ARCHIVE_UNSIGNED ->
                Optional.of("sign where it is made: checkpoint --sign; without --trust a file of anybody is taken");
            case ARCHIVE_UNTRUSTED ->
                Optional.of("do not use this file, unless --trust named the key of somebody else than its maker");
            case ARCHIVE_ENCRYPTED -> Optional.of("decrypt it: --identity FILE, or --passphrase-file FILE");
            case ARCHIVE_WRONG_KEY ->
                Optional.of("give the identity of one of its recipients, or the passphrase of whoever has made it");
            case ARCHIVE_PLAIN ->
                Optional.of("do not use this file if it should be encrypted; else leave the key or passphrase out");
            case ARCHIVE_SPEC_REFUSED ->
                Optional.of("consent to a part by its word, --allow-spec PART, or restore with a bundle of your own");
            case ARCHIVE_JOB_REFUSED ->
                Optional.of("have its maker sign it: --trust PUBFILE, or consent to whatever it does: --allow-job");
            case ARCHIVE_IMAGE_UNKNOWN -> Optional.of("name the image: --image NAME");
            case ARCHIVE_VOLUMES ->
                Optional.of(
                        "have the bundle mount an empty directory of the host there, or restore without: --ignore-volumes");
            case ARCHIVE_NO_BASE -> Optional.of("name the tree that the bundle was made of: --rootfs-base DIR");
            case ARCHIVE_TOO_LARGE, ARCHIVE_IO -> Optional.empty();
        };
    }

    private static Optional<String> ofImage(ImageCode code) {
        return switch (code) {
            case IMAGE_MISSING -> Optional.of("check all parts of the name: oci:DIR:TAG, docker://HOST/NAME:TAG");
            case IMAGE_INVALID -> Optional.of("copy the image again; jmigrate image push makes such images");
            case IMAGE_ALTERED -> Optional.of("do not use this image: fetch it again from where it was made");
        };
    }

    private static Optional<String> ofRegistry(RegistryCode code) {
        return switch (code) {
            case REGISTRY_UNREACHABLE ->
                Optional.of("check the registry's name and port, and the network; then try again");
            case REGISTRY_UNTRUSTED ->
                Optional.of("name who vouches for it: --ca-file FILE; --insecure is for a registry on this machine");
            case REGISTRY_DENIED -> Optional.of("log in: podman login HOST, or name a file of logins: --authfile FILE");
            case REGISTRY_FAILED -> Optional.of("the registry's own log tells more; nothing has been given the name");
            case CREDENTIALS_UNUSABLE ->
                Optional.of("write another file, and name it: podman login --authfile FILE HOST, --authfile FILE");
        };
    }

    private static Optional<String> ofKey(KeyCode code) {
        return switch (code) {
            case KEY_UNUSABLE ->
                Optional.of("docs/archives.md tells how to make keys: openssl genpkey -algorithm ed25519, age-keygen");
            case KEY_EXPOSED -> Optional.of("chmod 600 it; if others may have read it, make a new one");
        };
    }

    private static Optional<String> ofMigration(MigrationCode code) {
        return switch (code) {
            case INVALID_ADDRESS -> Optional.of("write an address as HOST:PORT or [IPV6]:PORT");
            case CANNOT_LISTEN -> Optional.of("choose an address of this machine, and a port that is free");
            case IDENTITY_EXISTS -> Optional.of("go on with it; to make another one, remove ROOT/node and pair anew");
            case INVALID_NAME -> Optional.of("choose another one: --name");
            case PEER_UNREACHABLE -> Optional.of("is `jmigrate node serve` running there, and is the port open?");
            case PEER_UNTRUSTED, PAIRING -> Optional.of("pair the nodes: jmigrate node pair");
            case PEER_RIGHTS ->
                Optional.of(
                        "jmigrate node allow, at the node that refuses, says what a peer may do; node peers lists it");
            case PEER_UNKNOWN -> Optional.of("jmigrate node peers lists whom this node trusts");
            case PEER_NOT_JMIGRATE ->
                Optional.of("check host and port, and that both ends use --insecure or neither does");
            case NO_IDENTITY -> Optional.of("make one: jmigrate node init");
            case IN_DOUBT ->
                Optional.of("jmigrate migration recover, as soon as the peer answers; if it never will: --take-back");
            case MEMORY_BEHIND -> Optional.of("jmigrate migration recover, here, as soon as the peer answers");
            case CONTAINER_ENDED -> Optional.of("start it again, or restore it from a checkpoint");
            case LEFT_FROZEN -> Optional.of("jmigrate migration recover sets it going");
            case LEFT_BEHIND -> Optional.of("jmigrate migration recover removes the rest");
            case STALLED ->
                Optional.of("allow more with --max-downtime, or have it slowed or moved all the same with --on-stall");
            case ABORTED, CANCELLED -> Optional.of("nothing is lost: try again");
            case GROUP_BROKEN -> Optional.of("see to the other container first, or leave it out");
            case LINK_LOST -> Optional.of("nothing is lost: try again when the nodes reach each other");
            case PEER_FAILED -> Optional.of("nothing is lost: mend at the destination what is listed, and try again");
            case NOT_DUMPED ->
                Optional.of(
                        "nothing is lost: jmigrate doctor tells what stands against it; what can't be dumped can start anew there: --mode restart");
            case PEER_REFUSED -> Optional.of("mend what is listed at the node that it is about, and try again");
            case STILL_ARRIVING -> Optional.of("try again, or wait for longer: --patience");
            case PREFLIGHT ->
                Optional.of(
                        "mend what is listed at the node that it is about, and try again; what can't be dumped can start anew there: --mode restart");
            case PEER_PROTOCOL -> Optional.of("run the same version of jmigrate at both ends");
            case AUDIT ->
                Optional.of("make room for ROOT/node/audit.jsonl: nothing is taken in that is not written down");
            case JOURNAL -> Optional.of("look at ROOT/migrations: recovery needs what is written there");
            case MIGRATION_UNKNOWN ->
                Optional.of("jmigrate migration list shows them; --root chooses the runtime root");
            case NOT_UNDER_WAY ->
                Optional.of(
                        "jmigrate migration list --open shows what is; jmigrate migration recover ends what nobody works on");
            case TRANSFER, TOO_LATE -> Optional.empty();
        };
    }
}
