import { setTimeout as delay } from 'node:timers/promises';
import type { Scenario } from '../Scenario';
import { waitFor } from '../waitFor';
import { withTraffic } from '../withTraffic';

/** Files are tried for again after ten seconds, a minute, ten minutes. */
const NEXT_ATTEMPT_MS = 11 * 60_000;

/** The host of files answers with errors, hangs, or breaks off in the middle, both ways. */
export const mediaHost: Scenario = {
	name: 'media',
	title: 'the media host dies in uploads and downloads',
	rounds: { full: 16, short: 1 },
	run: (run) =>
		withTraffic(
			{ stage: { canPass: true, isHasty: true }, traffic: { pauseMs: [30, 90] } },
			run,
			async (stage, traffic) => {
				const { media } = stage.simulator;
				const troubles = [
					() => (media.failWith = 503),
					() => (media.uploadDisturbance = 'cutOff'),
					() => media.disturbDownloads('cutOff'),
					() => media.disturbDownloads('hang'),
				];
				for (let round = 0; round < run.rounds; round++) {
					troubles[Math.floor(run.random() * troubles.length)]?.();
					await traffic.progress(15);
					if (run.random() < 0.3) await stage.crash();
					await delay(run.random() * 300);
					media.failWith = undefined;
					media.uploadDisturbance = undefined;
					media.disturbDownloads(undefined);
					await stage.pass(NEXT_ATTEMPT_MS);
				}
				await stage.settle();
				await waitFor('all files', async () => {
					await stage.pass(NEXT_ATTEMPT_MS);
					return (await areFilesThere()) || undefined;
				});
				return { uploads: media.uploads, downloads: media.downloads };

				async function areFilesThere(): Promise<boolean> {
					const links = stage.receiver.of('received').map(({ media: file }) => file?.url);
					for (const url of links) {
						if (url && (await fetch(url, { method: 'HEAD' })).status !== 200) return false;
					}
					return true;
				}
			},
		),
};
