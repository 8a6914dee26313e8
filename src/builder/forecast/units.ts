/** Units to one digit: more would be read as certainty. */
export const roundUnits = (units: number): number => Math.round(10 * units) / 10
