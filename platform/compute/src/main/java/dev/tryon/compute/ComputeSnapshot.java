package dev.tryon.compute;

import java.util.List;

/**
 * Devices and networks as they stand, for operators.
 *
 * @param devices that networks may go to
 * @param networks by name
 */
public record ComputeSnapshot(List<DeviceInfo> devices, List<NetworkSnapshot> networks) {
    /** Copies the lists. */
    public ComputeSnapshot {
        devices = List.copyOf(devices);
        networks = List.copyOf(networks);
    }
}
