import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileServer } from '../runner/media/support/FileServer';
import { noise } from '../runner/media/image/testImages';
import { ROOT } from './readDocument';

const SOUNDS = join(ROOT, 'test/runner/media/voice/fixtures');

/** The files that the examples of the documentation name, at hand and behind URLs. */
export class ExampleFiles {
	private readonly files = new Map<string, Buffer>();

	private constructor(private readonly server: FileServer) {}

	static async start(): Promise<ExampleFiles> {
		const examples = new ExampleFiles(await FileServer.start());
		const { files, server } = examples;
		files.set('photo.jpg', await noise(320, 240).jpeg().toBuffer());
		files.set('logo.png', await noise(64, 64).png().toBuffer());
		files.set('clip.mp4', readFileSync(join(SOUNDS, 'silent-video.mp4')));
		files.set('message.mp3', readFileSync(join(SOUNDS, 'tone.mp3')));
		files.set('invoice.pdf', Buffer.from('%PDF-1.4\n%%EOF\n'));
		server.answer = ({ url = '' }, response) => response.end(files.get(url.slice(1)));
		return examples;
	}

	/** Throws for a file that there is not. */
	read(name: string): Buffer {
		const file = this.files.get(name);
		if (!file) throw new Error(`The examples have no file named ${name}`);
		return file;
	}

	/** The text with real URLs and real base64 in place of those that are only for show. */
	fill(text: string): string {
		return text
			.replace(/https:\/\/example\.com\/files\/([\w.]+)/g, (_, name: string) => {
				this.read(name);
				return this.server.url(`/${name}`);
			})
			.replace('data:image/png;base64,…', () => {
				return `data:image/png;base64,${this.read('logo.png').toString('base64')}`;
			});
	}

	async stop(): Promise<void> {
		await this.server.stop();
	}
}
