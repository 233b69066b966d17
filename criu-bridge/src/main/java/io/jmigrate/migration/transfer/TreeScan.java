package io.jmigrate.migration.transfer;

import java.util.Map;

/** What a tree of files looked like at one moment. @param found by path relative to the root, parents before their children */
public record TreeScan(Map<String, Stamp> found) {}
