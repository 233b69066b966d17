package io.jmigrate.runtime.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcStatusTest {
    private static final ProcStatus STATUS = new ProcStatus("Name:\tsh\nUid:\t0\t1\t2\t3\nCapEff:\t800000000000000f\n");

    @Test
    void hasFieldsByTheirWholeNames() {
        assertThat(STATUS.field("Name")).contains("sh");
        assertThat(STATUS.field("Uid")).contains("0\t1\t2\t3");
        assertThat(STATUS.field("Nam")).isEmpty();
    }

    @Test
    void tellsTheEffectiveCapabilities() {
        String status = "Name:\tsh\nCapInh:\t0000000000000000\nCapPrm:\t000001ffffffffff\nCapEff:\t0000000001000001\n";

        assertThat(new ProcStatus(status).mask("CapEff"))
                .contains(Capability.CAP_CHOWN.bit() | Capability.CAP_SYS_RESOURCE.bit());
        assertThat(new ProcStatus("Name:\tsh\n").mask("CapEff")).isEmpty();
    }

    @Test
    void readsMasksWithTheirHighestBit() {
        assertThat(STATUS.mask("CapEff")).contains(0x800000000000000fL);
        assertThat(STATUS.mask("CapBnd")).isEmpty();
    }
}
