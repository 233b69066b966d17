package io.jmigrate.migration.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LandingCheckTest {
    private static final LandingPolicy POLICY =
            new LandingPolicy(Path.of("/srv/landed"), List.of(Path.of("/srv/shared")), false, true);

    private static List<String> problems(String config) {
        try {
            return LandingCheck.of(new ObjectMapper().readTree(config.replace('\'', '"')), POLICY);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void letsAnOrdinaryContainerLand() {
        assertThat(problems("{'mounts':[{'destination':'/proc','type':'proc','source':'proc'},"
                        + "{'destination':'/data','type':'bind','source':'/srv/shared/web','options':['rbind']}],"
                        + "'linux':{'namespaces':[{'type':'pid'}],"
                        + "'resources':{'devices':[{'allow':false,'access':'rwm'}]}}}"))
                .isEmpty();
    }

    @Test
    void refusesMountsOfTheHostThatAreNotAllowed() {
        assertThat(problems("{'mounts':[{'source':'/etc','type':'bind'},"
                        + "{'source':'/srv/shared/../../etc','type':'none','options':['bind']},"
                        + "{'source':'/srv/sharedother','options':['rbind']},{'source':'/dev/sda','type':'ext4'}]}"))
                .hasSize(4);
    }

    @Test
    void refusesHooksDevicesAndNamespacesOfOthers() {
        assertThat(problems("{'hooks':{'poststart':[{'path':'/bin/sh'}]},"
                        + "'linux':{'devices':[{'path':'/dev/sda'}],"
                        + "'namespaces':[{'type':'network','path':'/proc/1/ns/net'}],"
                        + "'resources':{'devices':[{'allow':true,'access':'rwm'}]}}}"))
                .hasSize(4);
    }
}
