package io.jmigrate.migration.transfer;

/**
 * What a peer may put into a tree.
 *
 * @param entriesMax names, counted each time they are sent
 * @param bytesMax content, counted each time it is sent
 * @param devices whether nodes of any device may come; those of every container may in any case
 * @param setIds whether programs may come that run with another user's rights: set-id bits and file capabilities
 */
public record TreeRules(long entriesMax, long bytesMax, boolean devices, boolean setIds) {}
