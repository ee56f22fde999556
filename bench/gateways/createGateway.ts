import { join } from 'node:path';
import type { WorldAddress } from '../world/WorldApi';
import type { Gateway, GatewayName } from './Gateway';
import { PlainGateway } from './PlainGateway';
import { RunnerGateway } from './RunnerGateway';

export interface GatewaySettings {
	/** The runner's compiled main.js. */
	runnerFile: string;
	/** A folder for CPU profiles, one a thread, written when a contestant stops. */
	profileDir: string | undefined;
}

/** One of the contestants, not started yet. */
export function createGateway(
	name: GatewayName,
	world: WorldAddress,
	{ runnerFile, profileDir }: GatewaySettings,
): Gateway {
	const nodeOptions = profileDir ? ['--cpu-prof', `--cpu-prof-dir=${join(profileDir, name)}`] : [];
	return name === 'runner'
		? new RunnerGateway(world, runnerFile, nodeOptions)
		: new PlainGateway(name, world, nodeOptions);
}
