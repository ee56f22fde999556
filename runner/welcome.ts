import { createInstance } from './instances/createInstance';
import type { StartedRunner } from './launchRunner';
import { showLinking, type LinkingDisplay } from './showLinking';

export interface Terminal extends LinkingDisplay {
	/** Whether a person is looking. */
	isInteractive: boolean;
}

/**
 * Tells whoever has started the runner where it is. On the first start it makes the instance
 * `default`, shows its key once and links it by QR; so it does again while that is all there is. What
 * is written where nobody looks is kept as a log: no key and no code goes there.
 */
export async function welcome(runner: StartedRunner, terminal: Terminal): Promise<void> {
	terminal.write(`\nSession runner: ${runner.url}  (routes: ${runner.url}/openapi.json)\n`);
	if (runner.adminKeyFile) terminal.write(`Admin key:      in ${runner.adminKeyFile}\n`);
	const instances = runner.instances.list();
	const [only] = instances;
	if (!only && !terminal.isInteractive) {
		terminal.write(
			'No instance yet: make one with POST /api/instances and the admin key, then link it with GET /api/instance/qr.\n',
		);
		return;
	}
	if (!only) {
		const { id, name, apiKey } = await createInstance(runner, { name: 'default' });
		terminal.write(
			`\nThe instance "${name}" is ready. Keep its key, it is shown this once:\n\n` +
				`  id:     ${id}\n  apiKey: ${apiKey}\n`,
		);
		await link(runner, id, terminal);
		return;
	}
	for (const { id, name } of instances) {
		terminal.write(
			`Instance:       "${name}", ${runner.sessions.get(id)?.status().state ?? 'stopped'}\n`,
		);
	}
	const isUnlinked = runner.sessions.get(only.id)?.status().state === 'unlinked';
	if (instances.length === 1 && isUnlinked && terminal.isInteractive) {
		await link(runner, only.id, terminal);
	}
}

async function link({ sessions }: StartedRunner, id: string, terminal: Terminal): Promise<void> {
	const session = sessions.get(id);
	if (session) await showLinking(session, terminal);
}
