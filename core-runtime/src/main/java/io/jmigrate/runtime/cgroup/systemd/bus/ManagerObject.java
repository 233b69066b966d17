package io.jmigrate.runtime.cgroup.systemd.bus;

import java.util.List;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.annotations.DBusMemberName;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.interfaces.DBusInterface;
import org.freedesktop.dbus.messages.DBusSignal;
import org.freedesktop.dbus.types.UInt32;

/** What is used of systemd's manager object (org.freedesktop.systemd1(5), "The Manager Object"). Public for the library's proxies. */
@DBusInterfaceName("org.freedesktop.systemd1.Manager")
public interface ManagerObject extends DBusInterface {
    /** The manager's own path. */
    String PATH = "/org/freedesktop/systemd1";

    /** @return the job that starts it */
    @DBusMemberName("StartTransientUnit")
    DBusPath startTransientUnit(String name, String mode, List<BusProperty> properties, List<AuxiliaryUnit> auxiliary);

    /** @return the job that stops it */
    @DBusMemberName("StopUnit")
    DBusPath stopUnit(String name, String mode);

    @DBusMemberName("ResetFailedUnit")
    void resetFailedUnit(String name);

    @DBusMemberName("SetUnitProperties")
    void setUnitProperties(String name, boolean runtime, List<BusProperty> properties);

    /** Tells of units by their names, of those that are not there too. */
    @DBusMemberName("ListUnitsByNames")
    List<ListedUnit> listUnitsByNames(List<String> names);

    /** Tells that a job is over. */
    final class JobRemoved extends DBusSignal {
        private final DBusPath job;
        private final String result;

        public JobRemoved(String path, UInt32 id, DBusPath job, String unit, String result) throws DBusException {
            super(path, id, job, unit, result);
            this.job = job;
            this.result = result;
        }

        DBusPath job() {
            return job;
        }

        /** {@code done}, or why not. */
        String result() {
            return result;
        }
    }
}
