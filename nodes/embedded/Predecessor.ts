import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import {
	isNewerVersion,
	isPromisedToNewer,
	ROUTES,
	RUNNER_FILES,
	type HandoverRequest,
	type PublishedRunner,
} from '../../contract';
import type { OwnBuild } from './OwnBuild';
import { readAdminKey } from './readRunnerFiles';

const TIMEOUT_MS = 5_000;

/**
 * The runner that lives while the package is updated: it is asked to make room when it is older than
 * this code, or when its program is no longer the one on the disk. Whether it does, it decides itself.
 */
export class Predecessor {
	/** The runner that stays, as it said; asked once. */
	private refusedBy: string | undefined;

	constructor(
		private readonly dataDir: string,
		private readonly build: OwnBuild,
	) {}

	/** Asks a live runner to go where it should; false when it is the one to use. */
	async isLeaving(runner: PublishedRunner): Promise<boolean> {
		if (!this.isOutdated(runner) || this.refusedBy === runner.startedAt) return false;
		// Without the key it cannot be used either, which is said where it is used.
		const status = await this.ask(runner).catch(() => 401);
		if (status === 202) return true;
		// Without an answer it is on its way out by itself, or busy: it is looked at again.
		if (status === undefined) return true;
		this.refusedBy = runner.startedAt;
		return false;
	}

	/** Whether a newer version of another process is about to start its runner: then this one waits. */
	isSuccessorComing(): boolean {
		try {
			const text = readFileSync(join(this.dataDir, RUNNER_FILES.successor), 'utf8');
			return isPromisedToNewer(text, this.build.version, Date.now());
		} catch {
			return false;
		}
	}

	private isOutdated({ version, code }: PublishedRunner): boolean {
		const isReplaced = code !== undefined && code !== this.build.code();
		return isReplaced || isNewerVersion(this.build.version, version);
	}

	/** The status of its answer; undefined when there is none. Throws when there is no key to ask with. */
	private async ask({ url }: PublishedRunner): Promise<number | undefined> {
		const apiKey = readAdminKey(this.dataDir);
		const body: HandoverRequest = { version: this.build.version };
		const { method, path } = ROUTES.handOver;
		return await new Promise((resolve) => {
			const call = request(
				url + path,
				{
					method,
					agent: false,
					headers: { apiKey, 'content-type': 'application/json' },
					signal: AbortSignal.timeout(TIMEOUT_MS),
				},
				(answer) => {
					answer.resume();
					resolve(answer.statusCode);
				},
			);
			call.once('error', () => resolve(undefined));
			call.end(JSON.stringify(body));
		});
	}
}
