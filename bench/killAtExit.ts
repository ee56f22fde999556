import type { ChildProcess } from 'node:child_process';

const children = new Set<ChildProcess>();

/** Ends a child with this process, however this process ends. */
export function killAtExit(child: ChildProcess): void {
	children.add(child);
	child.once('exit', () => children.delete(child));
}

process.once('exit', () => {
	for (const child of children) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.once(signal, () => process.exit(1));
}
