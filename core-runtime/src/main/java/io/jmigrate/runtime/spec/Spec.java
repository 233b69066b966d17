package io.jmigrate.runtime.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A config.json (OCI runtime specification, config.md).
 *
 * @param document the whole of it, with the fields that this version doesn't know; treat it as read-only
 * @param ociVersion empty text when missing
 * @param process what to run
 * @param root the root filesystem
 * @param hostname in the container's UTS namespace
 * @param domainname in the container's UTS namespace
 * @param mounts in the order in which they are to be made
 * @param hooks programs to be run at moments of the container's life
 * @param annotations anything, by reverse domain names
 * @param linux the Linux section; empty parts when missing
 */
public record Spec(
        ObjectNode document,
        String ociVersion,
        Optional<ProcessSpec> process,
        Optional<RootSpec> root,
        Optional<String> hostname,
        Optional<String> domainname,
        List<MountSpec> mounts,
        HooksSpec hooks,
        Map<String, String> annotations,
        LinuxSpec linux) {}
