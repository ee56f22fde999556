/** The oldest Node that the session runner runs on: some of what it asks of SQLite came with it. */
export const OLDEST_NODE = '22.16';

/** Whether the session runner runs on a version of Node, such as `24.1.0`. */
export function runsOnNode(version: string): boolean {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE.split('.').map(Number);
	return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}
