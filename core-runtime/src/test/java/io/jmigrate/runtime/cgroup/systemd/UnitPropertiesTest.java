package io.jmigrate.runtime.cgroup.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.runtime.cgroup.Founding;
import io.jmigrate.runtime.cgroup.systemd.UnitProperty.AllowedDevice;
import io.jmigrate.runtime.config.Resources;
import io.jmigrate.runtime.spec.Specs;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitPropertiesTest {
    private static final long INFINITY = -1;

    private static Resources resources(String json) {
        String config = "{\"ociVersion\":\"1.2.1\",\"linux\":{\"resources\":" + json.replace('\'', '"') + "}}";
        return Resources.resolve(Specs.parse(config.getBytes(StandardCharsets.UTF_8), "config.json")
                .spec()
                .linux()
                .resources());
    }

    private static UnitProperty number(String name, long value) {
        return new UnitProperty(name, "t", value);
    }

    @Test
    void tellsLimitsAsVersion1HasThem() {
        Resources resources = resources("""
                {'memory':{'limit':1000,'reservation':500,'swap':2000},'pids':{'limit':7},'blockIO':{'weight':300},
                 'cpu':{'shares':512,'quota':25500,'period':100000,'cpus':'0,2,9','mems':'0'}}""");

        assertThat(ResourceProperties.of(resources, false))
                .containsExactlyInAnyOrder(
                        number("MemoryLimit", 1000),
                        number("TasksMax", 7),
                        number("BlockIOWeight", 300),
                        number("CPUShares", 512),
                        number("CPUQuotaPeriodUSec", 100_000),
                        number("CPUQuotaPerSecUSec", 260_000),
                        new UnitProperty("AllowedCPUs", "ay", List.of(5L, 2L)),
                        new UnitProperty("AllowedMemoryNodes", "ay", List.of(1L)));
    }

    @Test
    void tellsLimitsAsVersion2HasThem() {
        Resources resources = resources("""
                {'memory':{'limit':1000,'reservation':500,'swap':3000},'pids':{'limit':-1},'cpu':{'shares':1024,'quota':-1},
                 'unified':{'memory.high':'900','pids.max':'max','hugetlb.2MB.max':'0'}}""");

        assertThat(ResourceProperties.of(resources, true))
                .containsExactlyInAnyOrder(
                        number("MemoryMax", 1000),
                        number("MemoryLow", 500),
                        number("MemorySwapMax", 2000),
                        number("MemoryHigh", 900),
                        number("CPUWeight", 100),
                        number("CPUQuotaPerSecUSec", INFINITY),
                        number("TasksMax", INFINITY),
                        number("TasksMax", INFINITY));
    }

    @ParameterizedTest
    @CsvSource({"'50000 200000', 200000, 250000", "'max 50000', 50000, -1", "'10', , 10000"})
    void takesProcessorTimeFromTheFileThatIsNamed(String text, Long period, long share) {
        List<UnitProperty> told = ResourceProperties.of(resources("{'unified':{'cpu.max':'" + text + "'}}"), true);

        assertThat(told).contains(number("CPUQuotaPerSecUSec", share));
        assertThat(told.stream().filter(property -> property.name().equals("CPUQuotaPeriodUSec")))
                .isEqualTo(Optional.ofNullable(period).stream()
                        .map(micros -> number("CPUQuotaPeriodUSec", micros))
                        .toList());
    }

    @Test
    void leavesWhatSystemdCannotExpressToTheFiles() {
        Resources resources = resources(
                "{'unified':{'memory.max':'lots','cpu.max':'x y','cpu.weight':'','io.max':'8:0 rbps=1'},'cpu':{'burst':1000}}");

        assertThat(ResourceProperties.of(resources, true)).isEmpty();
        assertThat(ResourceProperties.of(resources("{}"), false)).isEmpty();
    }

    @Test
    void listsTheDevicesThatAreLeftByTheRules() {
        List<UnitProperty> told = DeviceProperties.of(resources("""
                {'devices':[{'allow':false,'access':'rwm'},{'allow':true,'type':'c','major':10,'minor':229,'access':'rw'},
                 {'allow':true,'type':'b','major':8,'access':'r'},{'allow':true,'type':'b','major':9,'minor':1,'access':'rw'},
                 {'allow':false,'type':'b','major':9,'minor':1,'access':'w'},{'allow':true,'type':'c','major':4,'minor':1,'access':'r'},
                 {'allow':false,'type':'c','major':4,'minor':1,'access':'rwm'}]}""").devices());

        assertThat(told.get(0)).isEqualTo(new UnitProperty("DeviceAllow", "a(ss)", List.of()));
        assertThat(told.get(1)).isEqualTo(new UnitProperty("DevicePolicy", "s", "strict"));
        assertThat((List<?>) told.get(2).value())
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(AllowedDevice.class))
                .contains(
                        new AllowedDevice("/dev/char/10:229", "rw"),
                        new AllowedDevice("block-8", "r"),
                        new AllowedDevice("/dev/block/9:1", "r"),
                        new AllowedDevice("/dev/char/1:3", "rwm"),
                        new AllowedDevice("char-136", "rwm"),
                        new AllowedDevice("char-*", "m"))
                .noneMatch(device -> device.device().equals("/dev/char/4:1"));
    }

    @Test
    void restrictsNoDevicesWhereAllAreAllowed() {
        assertThat(DeviceProperties.of(
                        resources("{'devices':[{'allow':true,'access':'rwm'}]}").devices()))
                .containsExactly(
                        new UnitProperty("DeviceAllow", "a(ss)", List.of()),
                        new UnitProperty("DevicePolicy", "s", "auto"));
    }

    @Test
    void beginsAScopeWithAProcess() {
        UnitPlace place = UnitPlace.of(Optional.of("machine.slice:p:n"), "id");

        assertThat(ScopeProperties.of(place, false, new Founding(OptionalInt.of(42), Map.of())))
                .contains(
                        new UnitProperty("Slice", "s", "machine.slice"),
                        new UnitProperty("Delegate", "b", true),
                        new UnitProperty("PIDs", "au", List.of(42L)),
                        new UnitProperty("BlockIOAccounting", "b", true),
                        new UnitProperty("DefaultDependencies", "b", false))
                .noneMatch(property -> property.name().equals("Wants"));
    }

    @Test
    void beginsASliceBelowAnother() {
        UnitPlace place = UnitPlace.of(Optional.of("a.slice:x:a-b.slice"), "id");

        assertThat(ScopeProperties.of(place, true, Founding.NONE))
                .contains(
                        new UnitProperty("Wants", "as", List.of("a.slice")),
                        new UnitProperty("IOAccounting", "b", true))
                .noneMatch(property -> List.of("Slice", "Delegate", "PIDs").contains(property.name()));
    }

    private static UnitProperty annotated(String name, String text) {
        return PropertyAnnotations.of(Map.of("org.systemd.property." + name, text, "other", "x"))
                .getFirst();
    }

    @Test
    void readsPropertiesFromAnnotations() {
        assertThat(annotated("CollectMode", "'inactive-or-failed'"))
                .isEqualTo(new UnitProperty("CollectMode", "s", "inactive-or-failed"));
        assertThat(annotated("Description", "\"it's \\\"mine\\\"\""))
                .isEqualTo(new UnitProperty("Description", "s", "it's \"mine\""));
        assertThat(annotated("Delegate", "false")).isEqualTo(new UnitProperty("Delegate", "b", false));
        assertThat(annotated("After", "['a.service', 'b.service']"))
                .isEqualTo(new UnitProperty("After", "as", List.of("a.service", "b.service")));
        assertThat(annotated("After", "@as []")).isEqualTo(new UnitProperty("After", "as", List.of()));
        assertThat(annotated("Number", "-7")).isEqualTo(new UnitProperty("Number", "i", -7L));
        assertThat(annotated("TimeoutStopUSec", "uint64 18446744073709551615"))
                .isEqualTo(number("TimeoutStopUSec", INFINITY));
        assertThat(annotated("TimeoutStopSec", "@t 3")).isEqualTo(number("TimeoutStopUSec", 3_000_000));
        assertThat(annotated("RuntimeMaxSec", "0.5")).isEqualTo(number("RuntimeMaxUSec", 500_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "yes", "'open", "[1, 2]", "{}", "number 5", "@q x", "uint16 1.5", "99999999999999999999"})
    void refusesValuesThatItCannotRead(String text) {
        assertThatThrownBy(() -> annotated("TimeoutStopUSec", text))
                .hasMessageStartingWith("$.annotations[\"org.systemd.property.TimeoutStopUSec\"] is no value");
    }

    @Test
    void refusesNamesOfNoProperty() {
        assertThatThrownBy(() -> annotated("a", "1")).hasMessageEndingWith("names no property of systemd");
        assertThatThrownBy(() -> annotated("No-name", "1")).hasMessageEndingWith("names no property of systemd");
        assertThatThrownBy(() -> annotated("TimeoutStopSec", "'long'")).hasMessageEndingWith("not a number of seconds");
    }
}
