/** The part of `process` that tells a child about its parent. */
export interface ParentLink {
	readonly connected: boolean;
	once(event: 'disconnect', listener: () => void): unknown;
}

/**
 * Calls `stop` once the parent process is gone, killed with SIGKILL included: the operating system
 * closes the IPC channel for it. For a runner that n8n started (AWW_EMBEDDED=1); give it `process`.
 */
export function followParent(link: ParentLink, stop: () => void): void {
	if (!link.connected) {
		stop();
		return;
	}
	link.once('disconnect', stop);
}
