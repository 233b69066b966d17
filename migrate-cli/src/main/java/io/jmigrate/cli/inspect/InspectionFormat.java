package io.jmigrate.cli.inspect;

/** How an inspection is printed. */
public enum InspectionFormat {
    TREE,
    TABLE,
    JSON
}
