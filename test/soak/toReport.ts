import type { Soak, SoakSample } from './Soak';
import type { Slopes } from './toVerdict';

const MB = 1024 * 1024;

/** One line: how it stands. */
export function toReport(soak: Soak, { heap, rss }: Slopes): string {
	const { inbound, outbound, samples } = soak;
	const last = samples.at(-1);
	if (!last) return 'nothing measured yet';
	return [
		`${(soak.elapsedS / 60).toFixed(1)} min`,
		`in ${inbound.tally.arrived}/${inbound.tally.sent}`,
		`out ${outbound.tally.arrived}/${outbound.tally.sent}`,
		`on their way ${inbound.open + outbound.open}`,
		`repeated ${inbound.tally.repeated}`,
		`duplicates ${inbound.tally.duplicated + outbound.tally.duplicated}`,
		`out of order ${inbound.tally.outOfOrder + outbound.tally.outOfOrder}`,
		`refused ${toCounts(soak.refused)}`,
		`reconnects ${soak.reconnects}`,
		`online ${last.online}/${soak.accounts.length}`,
		`RSS ${(last.rss / MB).toFixed(0)} MB (${toPerHour(rss)})`,
		`heap ${(last.heapUsed / MB).toFixed(1)} MB (${toPerHour(heap)})`,
		`lag p99 ${last.lagMs.p99.toFixed(0)} max ${last.lagMs.max.toFixed(0)} ms`,
		`CPU ${toCpu(samples)}`,
	].join(' · ');
}

function toPerHour({ slope, error }: Slopes['heap']): string {
	if (Number.isNaN(slope)) return 'no slope yet';
	return `${slope >= 0 ? '+' : ''}${slope.toFixed(1)} ± ${(2 * error).toFixed(1)} MB/h`;
}

/** Of one core, since the first sample. */
function toCpu(samples: readonly SoakSample[]): string {
	const [first, last] = [samples[0], samples.at(-1)];
	if (!first || !last || first === last) return '–';
	const part = (last.cpuMs - first.cpuMs) / 1000 / (last.atS - first.atS);
	return `${Math.round(part * 100)} %`;
}

function toCounts(counts: Readonly<Record<string, number>>): string {
	const all = Object.entries(counts).map(([code, count]) => `${count} ${code}`);
	return all.length > 0 ? all.join(', ') : '0';
}
