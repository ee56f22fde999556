import { createInterface } from 'node:readline';
import { createPrompt } from './prompt';
import { startSimulator } from './index';

/** `npm run simulator [port]`: a WhatsApp Web server with one phone and two contacts, driven by typed lines. */
async function main(): Promise<void> {
	const port = Number(process.argv[2] ?? 0);
	const simulator = await startSimulator({ port });
	const prompt = createPrompt(simulator, (text) => console.log(text));
	const lines = createInterface({ input: process.stdin });
	const stop = (): void => {
		lines.close();
		process.stdin.destroy();
		void simulator.stop();
	};
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
	console.log(prompt.greeting);
	// When the input ends, the server goes on: it may run without a terminal.
	for await (const line of lines) {
		if (await prompt.run(line)) continue;
		stop();
		return;
	}
}

void main();
