import { toMemoryFigures } from './memory';
import type { Figures, ScenarioRun } from './Scenario';
import { Stage, type StageOptions } from './Stage';
import { Traffic, type TrafficOptions } from './Traffic';
import { reachVerdict, type VerdictOptions } from './verdict';

const SHOWN_LINES = 12;

export interface Setting {
	stage?: StageOptions;
	traffic?: TrafficOptions;
	verdict?: VerdictOptions;
}

/**
 * Opens a stage, lets something go wrong with it while messages go both ways, and then holds what has
 * arrived against what was sent, and memory against what it was. Gives the figures of it.
 */
export async function withTraffic(
	setting: Setting,
	{ random }: ScenarioRun,
	disturb: (stage: Stage, traffic: Traffic) => Promise<Figures>,
): Promise<Figures> {
	const stage = await Stage.open(setting.stage);
	try {
		const traffic = new Traffic(stage, random, setting.traffic);
		const before = await stage.measure();
		traffic.start();
		const figures = await disturb(stage, traffic);
		await traffic.stop();
		const verdict = await reachVerdict(stage, traffic, setting.verdict);
		const after = await stage.measure();
		return { ...verdict, ...figures, ...toMemoryFigures(before, after) };
	} catch (error) {
		throw withLog(error, stage);
	} finally {
		await stage.close();
	}
}

/** What the runner said last, below what went wrong. */
export function withLog(error: unknown, { runner }: Stage): Error {
	const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
	const lines = runner.log.split('\n').filter((line) => line.startsWith('{'));
	const said = lines.slice(-SHOWN_LINES).join('\n');
	return new Error(`${text}\nThe runner said last:\n${said}`, { cause: error });
}
