package io.jmigrate.runtime.validate;

import io.jmigrate.runtime.json.JsonPath;
import io.jmigrate.runtime.json.Problems;
import io.jmigrate.runtime.spec.DeviceRuleSpec;
import io.jmigrate.runtime.spec.ResourcesSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The cgroup's path and limits. */
final class ResourceChecks {
    private static final String RESOURCES = "$.linux.resources";

    /** The form of cpuset.cpus (cpuset(7), "List format"), without its strides. */
    private static final Pattern LIST = Pattern.compile("\\d{1,5}(-\\d{1,5})?(,\\d{1,5}(-\\d{1,5})?)*");

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
}
