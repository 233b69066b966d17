package io.jmigrate.runtime.validate;

import io.jmigrate.runtime.json.JsonPath;
import io.jmigrate.runtime.json.Problems;
import io.jmigrate.runtime.spec.DeviceRuleSpec;
import io.jmigrate.runtime.spec.ResourcesSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The cgroup's path and limits. */
final class ResourceChecks {
    private static final String RESOURCES = "$.linux.resources";

    /** The form of cpuset.cpus (cpuset(7), "List format"), without its strides. */
    private static final Pattern LIST = Pattern.compile("\\d{1,5}(-\\d{1,5})?(,\\d{1,5}(-\\d{1,5})?)*");

    private static final long BLOCK_WEIGHT_MIN = 10;
    private static final Pattern PAGE_SIZE = Pattern.compile("[1-9]\\d{0,5}[KMGT]B");
    private static final Pattern WORD = Pattern.compile("\\S+");
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+)+");
    private static final Set<String> FILES_ABOUT_PROCESSES =
            Set.of("cgroup.procs", "cgroup.threads", "cgroup.freeze", "cgroup.kill");

    private static final Pattern RULE_TYPE = Pattern.compile("[abc]");
    private static final Pattern ACCESS = Pattern.compile("[rwm]{1,3}");

    private ResourceChecks() {}

    static void check(Subject subject, Problems problems) {
        subject.spec().linux().cgroupsPath().ifPresent(path -> checkCgroupsPath(path, problems));
        ResourcesSpec resources = subject.spec().linux().resources();
        checkDeviceRules(resources.devices(), problems);
        checkSwap(resources.memory(), problems);
        checkList(".cpu.cpus", resources.cpu().cpus(), problems);
        checkList(".cpu.mems", resources.cpu().mems(), problems);
        checkBlockWeights(resources.blockIo(), problems);
        checkPageSizes(resources.hugePages(), problems);
        checkNames(resources, problems);
    }

    private static void checkCgroupsPath(String path, Problems problems) {
        if (Arrays.asList(path.split("/")).contains("..")) {
            problems.invalid("$.linux.cgroupsPath", "must not contain .., is " + JsonPath.quote(path));
        }
    }

    private static void checkDeviceRules(List<DeviceRuleSpec> rules, Problems problems) {
        for (int i = 0; i < rules.size(); i++) {
            String path = JsonPath.element(RESOURCES + ".devices", i);
            DeviceRuleSpec rule = rules.get(i);
            rule.type()
                    .filter(type -> !RULE_TYPE.matcher(type).matches())
                    .ifPresent(
                            type -> problems.invalid(path + ".type", "must be a, b or c, is " + JsonPath.quote(type)));
            rule.access()
                    .filter(access -> !ACCESS.matcher(access).matches())
                    .ifPresent(access ->
                            problems.invalid(path + ".access", "must be letters of rwm, is " + JsonPath.quote(access)));
        }
    }

    private static void checkSwap(ResourcesSpec.Memory memory, Problems problems) {
        long limit = memory.limit().orElse(0L);
        long swap = memory.swap().orElse(0L);
        if (swap > 0 && limit <= 0) {
            problems.invalid(RESOURCES + ".memory.swap", "needs a limit of the memory beside it");
        } else if (swap > 0 && swap < limit) {
            problems.invalid(RESOURCES + ".memory.swap", "counts memory and swap, so it must not be below the limit");
        }
    }

    private static void checkList(String field, Optional<String> list, Problems problems) {
        list.filter(text -> !LIST.matcher(text).matches())
                .ifPresent(text -> problems.invalid(
                        RESOURCES + field, "must be a list such as 0-3,7, is " + JsonPath.quote(text)));
    }

    private static void checkBlockWeights(ResourcesSpec.BlockIo io, Problems problems) {
        checkBlockWeight(".blockIO.weight", io.weight(), problems);
        checkBlockWeight(".blockIO.leafWeight", io.leafWeight(), problems);
        for (int i = 0; i < io.weightDevices().size(); i++) {
            String path = JsonPath.element(".blockIO.weightDevice", i);
            checkBlockWeight(path + ".weight", io.weightDevices().get(i).weight(), problems);
            checkBlockWeight(path + ".leafWeight", io.weightDevices().get(i).leafWeight(), problems);
        }
    }

    private static void checkBlockWeight(String field, Optional<Long> weight, Problems problems) {
        weight.filter(value -> value < BLOCK_WEIGHT_MIN)
                .ifPresent(value -> problems.invalid(
                        RESOURCES + field, "must be from " + BLOCK_WEIGHT_MIN + " to 1000, is " + value));
    }

    private static void checkPageSizes(List<ResourcesSpec.HugePageLimit> limits, Problems problems) {
        for (int i = 0; i < limits.size(); i++) {
            String size = limits.get(i).pageSize();
            if (!PAGE_SIZE.matcher(size).matches()) {
                problems.invalid(
                        JsonPath.element(RESOURCES + ".hugepageLimits", i) + ".pageSize",
                        "must be a size such as 2MB, is " + JsonPath.quote(size));
            }
        }
    }

    /** Names become words of a line, or a file's name. */
    private static void checkNames(ResourcesSpec resources, Problems problems) {
        List<ResourcesSpec.Priority> priorities = resources.network().priorities();
        for (int i = 0; i < priorities.size(); i++) {
            checkWord(
                    JsonPath.element(RESOURCES + ".network.priorities", i) + ".name",
                    priorities.get(i).name(),
                    problems);
        }
        resources.rdma().keySet().forEach(name -> checkWord(JsonPath.child(RESOURCES + ".rdma", name), name, problems));
        for (String file : resources.unified().keySet()) {
            String path = JsonPath.child(RESOURCES + ".unified", file);
            if (!FILE.matcher(file).matches()) {
                problems.invalid(path, "must be the name of a file of a cgroup, such as memory.high");
            } else if (FILES_ABOUT_PROCESSES.contains(file)) {
                problems.invalid(path, "is no limit: processes are the runtime's to move, freeze and kill");
            }
        }
    }

    private static void checkWord(String path, String name, Problems problems) {
        if (!WORD.matcher(name).matches()) {
            problems.invalid(path, "must be a name without blanks, is " + JsonPath.quote(name));
        }
    }
}
