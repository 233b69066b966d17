package io.jmigrate.migration.report;

import io.jmigrate.runtime.linux.Signal;
import java.time.Duration;

/**
 * What it would take to have a container start anew at another node.
 *
 * @param rootfsBytes files that would be sent while it runs; 0 if they are there
 * @param bandwidth bytes a second that the connection takes
 * @param filesNanos how long that would take
 * @param signal by which its program would be told to end
 * @param grace how long it may take for that; nobody knows how long it does, nor how long its start takes
 */
public record RestartEstimate(long rootfsBytes, long bandwidth, long filesNanos, Signal signal, Duration grace) {}
