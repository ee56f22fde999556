import { reachKillPoint } from '../killPoint';
import type { Scenario } from '../Scenario';
import { withTraffic } from '../withTraffic';

/** kill -9 at any moment: before the login, in it, in the backlog, in a send, in a transfer. */
export const kill: Scenario = {
	name: 'kill',
	title: 'kill -9 at random points of its work',
	rounds: { full: 200, short: 20 },
	run: (run) =>
		withTraffic({}, run, async (stage) => {
			const startMs: number[] = [];
			let maxBacklog = 0;
			for (let round = 0; round < run.rounds; round++) {
				await reachKillPoint(stage, run.random);
				await stage.runner.kill();
				const startedAt = performance.now();
				await stage.runner.start();
				startMs.push(performance.now() - startedAt);
				maxBacklog = Math.max(maxBacklog, stage.device.unreceipted.length);
			}
			return { 'longest backlog': maxBacklog, start: toStartFigure(startMs) };
		}),
};

/** How long starts took in the beginning and in the end: what piles up would show. */
function toStartFigure(times: readonly number[]): string {
	const tenth = Math.ceil(times.length / 10);
	const median = (some: number[]) => some.sort((a, b) => a - b)[Math.floor(some.length / 2)] ?? 0;
	const [first, last] = [median(times.slice(0, tenth)), median(times.slice(-tenth))];
	return `${first.toFixed(0)} → ${last.toFixed(0)} ms`;
}
