package io.jmigrate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.cli.Called;
import io.jmigrate.cli.report.ExitCode;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Command lines that are not understood get one sentence and a pointer to the help. */
class UsageTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    start                         | start: CONTAINER is missing
                    exec                          | exec: CONTAINER is missing
                    exec web                      | exec: a command is missing, and --process was not given
                    exec -u bob web id            | exec: --user: "bob" is not UID or UID:GID, in numbers
                    exec -u 1:4294967295 web id   | exec: --user: "1:4294967295" is not UID or UID:GID, in numbers
                    exec -g x web id              | exec: --additional-gids: "x" is not a group id
                    exec -e COLOUR web id         | exec: --env: "COLOUR" is not NAME=VALUE
                    exec --cap CAP_FLY web id     | exec: --cap: there is no capability "CAP_FLY"
                    run --preserve-fds many web   | run: --preserve-fds: "many" is not a whole number from 0 to 64
                    run --bundle                  | run: --bundle: DIR is missing
                    events                        | events: CONTAINER is missing
                    events --interval 0s web      | events: --interval: "0s" is not a length of time such as 5s or 500ms
                    events --interval 5 web       | events: --interval: "5" is not a length of time such as 5s or 500ms
                    kill web NOISE                | kill: SIGNAL: there is no signal "NOISE"
                    list web                      | list: unexpected word "web"
                    list --format yaml            | list: --format: "yaml" is none of table, json
                    plan                          | plan: BUNDLE is missing
                    checkpoint -c lzma web        | checkpoint: --compress: "lzma" is none of zstd, zstd:LEVEL, gzip, gzip:LEVEL, none
                    checkpoint -e f --image-path d web | checkpoint: --export and --image-path exclude each other
                    resume                        | resume: name a CONTAINER, or a job: --pid PID
                    resume --pid 7 web            | resume: name a CONTAINER, or a job: --pid PID
                    resume --abandoned --pid 7    | resume: --pid, --criu-run and --abandoned go together
                    resume --pid 7 --criu-run l   | resume: --pid, --criu-run and --abandoned go together
                    checkpoint --sign k web       | checkpoint: --sign needs --export: only a file can be signed
                    restore --trust k web         | restore: --trust needs an exported file: only such can be signed
                    restore -i f -b b --rootfs r --volumes --allow-spec mounts web | restore: --volumes with --allow-spec mounts needs --trust: else a stranger says where on this host files are put
                    restore -i f --image-path d web | restore: --import and --image-path exclude each other
                    restore --streams other web   | restore: --streams: "other" is none of command, original
                    diff                          | diff: BEFORE and AFTER are missing
                    restore --verify-files=x web  | restore: --verify-files takes no value, and "x" is one
                    restore --address 10.0.0.1=x w | restore: --address: "x" is not an IP address
                    restore --id b web            | restore: name the container once: as CONTAINER "web", or --id b
                    restore --id web web          | restore: name the container once: as CONTAINER "web", or --id web
                    restore --streams original    | restore: --streams is for containers: the files of a job come back without it
                    restore --streams original -i f web | restore: --streams original opens files of this host that the imported file names: it needs --trust
                    inspect                       | inspect: CHECKPOINT is missing
                    inspect --format yaml web     | inspect: --format: "yaml" is none of tree, table, json
                    migrate web                   | migrate needs --to HOST:PORT, the other node
                    migrate --to a:1              | migrate: CONTAINER is missing
                    migrate web --to a:1 --group  | migrate --group needs two containers or more
                    migrate web web --to a:1      | a container is named twice
                    migrate web --to a:1 --bandwidth fast | migrate: --bandwidth: "fast" is not a rate such as 100MiB/s or 800Mbit/s
                    migrate web --to a:1 --bandwidth 1k | migrate: --bandwidth: "1k" is less than 256KiB/s, with which no migration ends
                    migrate web --to a:1 --connections 0 | migrate: --connections: "0" is not a whole number from 1 to 32
                    migrate web --to a:1 --patience 900ms | migrate: --patience: "900ms" is not a second to a day
                    node serve --listen a:1 --patience 25h | node serve: --patience: "25h" is not a second to a day
                    migrate web --to here --rootfs no | migrate: --rootfs: "no" is none of copy, shared, diff
                    migrate web --to here --tracker no | migrate: --tracker: "no" is none of uffd, hash
                    node serve --listen a:1 --kept-memory-size 1g | --kept-memory-size and --kept-memory-age need --kept-memory DIR
                    node serve --listen a:1 --kept-memory d --kept-memory-size 1m | node serve: --kept-memory-size: "1m" is not 64MiB or more
                    node serve --listen a:1 --kept-memory d --insecure | --kept-memory needs certificates, by which it is known where a container went; not with --insecure
                    node kept web                 | node kept: unexpected word "web"
                    migrate web --to a:1 --compress lz4 | migrate: --compress: "lz4" is none of auto, off, zstd
                    migrate web --to a:1 --max-downtime 3 | migrate: --max-downtime: "3" is not a length of time such as 5s or 500ms
                    migrate web --to a:1 --max-rounds 0 | migrate: --max-rounds: "0" is not a whole number from 1 to 1000
                    migrate web --to a:1 --on-stall wait | migrate: --on-stall: "wait" is none of stop-and-copy, throttle, hybrid, abort
                    migrate web --to a:1 --mode later | migrate: --mode: "later" is none of pre-copy, post-copy, hybrid, stop-and-copy, restart
                    migrate web --to a:1 --mode restart --verify-memory | --verify-memory is about memory, which does not go with --mode restart
                    migrate web --to a:1 --mode restart --tracker hash | --tracker is about memory, which does not go with --mode restart
                    migrate web --to a:1 --mode restart --compress off | --compress is about memory, which does not go with --mode restart
                    migrate web --to a:1 --mode restart --max-downtime 300ms | --max-downtime is about memory, which does not go with --mode restart
                    migrate web --to a:1 --mode restart --on-stall abort | --on-stall is about memory, which does not go with --mode restart
                    migrate web --to a:1 --mode stop-and-copy --deadline 1m | --deadline is about copying in rounds, which does not go with --mode stop-and-copy
                    migrate web --to a:1 --mode post-copy --max-rounds 3 | --max-rounds is about copying in rounds, which does not go with --mode post-copy
                    estimate web --to a:1 --mode post-copy --max-downtime 1s | --max-downtime is about copying in rounds, which does not go with --mode post-copy
                    migrate web --to a:1 --mode hybrid --on-stall abort | --mode hybrid lets the memory that is left follow the container in any case: not with --on-stall abort
                    migrate web db --to a:1 --mode restart --group | --group freezes containers at one point: not with --mode restart, which ends them
                    migrate web --to a:1 --stop-timeout 3s | --stop-timeout is for --mode restart alone
                    migrate web --to a:1 --mode restart --stop-signal NO | migrate: --stop-signal: there is no signal "NO"
                    migrate web db --to a:1 --group --on-stall hybrid | --group moves all containers or none, so all of their memory is there first: not with --mode post-copy or hybrid, or --on-stall hybrid, with which it follows after that
                    migrate web --to a:1 --mode hybrid --verify-memory | --verify-memory compares memory before the other node takes over: not with --mode post-copy or hybrid, or --on-stall hybrid, with which it follows after that
                    estimate web                  | estimate needs --to HOST:PORT, the other node
                    migration                     | migration: a command is missing (list, show, cancel, recover)
                    migration show 17             | migration show: MIGRATION: "17" is none: a migration's id has 32 hexadecimal digits
                    migration cancel              | migration cancel: MIGRATION is missing
                    node                          | node: a command is missing (init, pair, peers, allow, audit, kept, unpair, serve)
                    node serve                    | node serve needs --listen HOST:PORT
                    node serve --allow-capability fly | node serve: --allow-capability: "fly" is no capability
                    node serve --max-migrations 0 | node serve: --max-migrations: "0" is not a whole number from 1 to 1000
                    node allow b                  | node allow: RIGHTS is missing
                    node allow b take             | node allow: RIGHTS: "take" is none of send, receive
                    node pair --new-code --to a:1 | node pair --new-code makes the code that the other node is given: not with --to or --code
                    migrate web --to a:1 --network remap:10.0.0.1=10.0.0.2 --network remap:10.0.0.1=10.0.0.3 | --network remap: the address 10.0.0.1 is named twice as the old one
                    migrate web --to a:1 --network remap:10.0.0.1=10.0.0.3 --network remap:10.0.0.2=10.0.0.3 | --network remap: the address 10.0.0.3 can't take the place of two others
                    migrate web --to a:1 --bandwidth 999999999999tbit | migrate: --bandwidth: "999999999999tbit" is more than there can be
                    node pair                     | node pair needs --new-code, or both --to and --code
                    service                       | service: a command is missing (run, start, stop, status)
                    service fly                   | service: unexpected word "fly"
                    completion tcsh               | completion: SHELL: "tcsh" is none of bash
                    --log-format xml list         | --log-format: "xml" is none of text, json
                    --rootless perhaps list       | --rootless: "perhaps" is none of auto, true, false
                    --root                        | --root: DIR is missing
                    """)
    void isASentence(String words, String sentence) {
        Called called = Called.in(directory, words.split(" "));
        assertThat(called)
                .isEqualTo(
                        new Called(
                                ExitCode.USAGE.status(),
                                "",
                                "jmigrate: " + sentence
                                        + "\n  to do: jmigrate --help lists the commands, jmigrate COMMAND --help explains one\n"));
    }
}
