/** Units to one digit: more would be read as certainty. */
export const roundUnits = (units: number): number => Math.round(10 * units) / 10

/** A day (UTC) such as 2011-11-08. */
export const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10)
