let count = 0;

/**
 * The name of a node that no other server of this process has: two of the same name, the second of
 * which got the port of the first, would be one cluster.
 */
export const aNodeName = (): string => `demo-${++count}`;
