/** The next time that matches six fields, found as robfig/cron finds it. */
import {
  type CivilDate,
  civilFromDays,
  daysFromCivil,
  daysInMonth,
  secondsPerDay,
  weekdayFromDays,
} from './civil.ts';
import type { Field } from './field.ts';
import type { FieldSchedule } from './schedule.ts';
import { type Zone, zoneOf } from './zone.ts';

/**
 * The next run of six fields, found by the very steps of robfig/cron spec.go Next: around changes of
 * a zone's offset its answer is not "the next matching wall clock", and only its own walk tells.
 */

/** More than any real search needs; robfig itself walks forever across a lost day (Apia 2011-12-30). */
const stepLimit = 20_000;

/** Seconds since 1970 of the first run strictly after `from`; undefined: never. `zone` is the schedule's. */
export function nextFieldsRun(
  schedule: FieldSchedule,
  from: number,
  zone: Zone = zoneOf(schedule.zone),
): number | undefined {
  const { fields } = schedule;
  // An empty list never matches; robfig walks through five years of seconds to find that out.
  if ([fields.second, fields.minute, fields.hour, fields.month].some(isEmpty)) return undefined;
  return new Search(fields, zone, from + 1).run();
}

/** Unless one day field is a star, either of them is enough. `days` counts from 1970-01-01. */
export const dayMatches = (fields: FieldSchedule['fields'], days: number): boolean =>
  isDay(fields, civilFromDays(days).day, weekdayFromDays(days));

function isDay({ dom, dow }: FieldSchedule['fields'], day: number, weekday: number): boolean {
  const domMatches = dom.allows[day] === true;
  const dowMatches = dow.allows[weekday] === true;
  return dom.star || dow.star ? domMatches && dowMatches : domMatches || dowMatches;
}

const isEmpty = (field: Field): boolean => !field.allows.includes(true);

/** Where a search stands. A part that wraps around sends it back to the year and the month. */
class Search {
  private readonly fields: FieldSchedule['fields'];
  private readonly zone: Zone;
  private at: number;
  /** The clock was set to the start of a unit, once; later steps go by whole units. */
  private moved = false;
  private stepsLeft = stepLimit;

  constructor(fields: FieldSchedule['fields'], zone: Zone, start: number) {
    this.fields = fields;
    this.zone = zone;
    this.at = start;
  }

  run(): number | undefined {
    const lastYear = this.date().year + 5;
    while (this.stepsLeft > 0 && this.date().year <= lastYear) {
      const wrapped =
        this.passMonths() ||
        this.passDays() ||
        this.passHours() ||
        this.passMinutes() ||
        this.passSeconds();
      if (!wrapped) return this.stepsLeft > 0 ? this.at : undefined;
    }
    return undefined;
  }

  private passMonths(): boolean {
    let { year, month, day } = this.date();
    while (!this.fields.month.allows[month] && this.stepsLeft-- > 0) {
      if (this.moveOnce()) this.setWall(year, month, 1, 0);
      ({ year, month, day } = this.date());
      this.setWall(year, month + 1, day, this.secondOfDay());
      ({ year, month, day } = this.date());
      if (month === 1) return true;
    }
    return false;
  }

  private passDays(): boolean {
    while (!dayMatches(this.fields, this.days()) && this.stepsLeft-- > 0) {
      const today = this.date();
      if (this.moveOnce()) this.setWall(today.year, today.month, today.day, 0);
      if (!this.leapDays()) this.stepDay();
      if (this.date().day === 1) return true;
    }
    return false;
  }

  private stepDay(): void {
    const { year, month, day } = this.date();
    this.setWall(year, month, day + 1, this.secondOfDay());
    // A midnight that does not exist, or exists twice, left the clock at 23 or at 1.
    const hour = this.hour();
    if (hour > 12) this.at += (24 - hour) * 3600;
    else this.at -= hour * 3600;
  }

  /**
   * The days up to the next that matches or to the end of the month, all at once if no clock changes meanwhile, nor
   * within the day after, for which the last step would ask.
   */
  private leapDays(): boolean {
    if (this.secondOfDay() !== 0) return false;
    const days = this.days();
    const { year, month, day } = this.date();
    const left = daysInMonth(year, month) - day;
    let count = 1;
    while (count <= left && !isDay(this.fields, day + count, weekdayFromDays(days + count)))
      count++;
    const far = count * secondsPerDay;
    if (this.zone.changesBetween(this.at, this.at + far + secondsPerDay).length > 0) return false;
    this.at += far;
    this.stepsLeft -= count - 1;
    return true;
  }

  private passHours(): boolean {
    while (!this.fields.hour.allows[this.hour()] && this.stepsLeft-- > 0) {
      if (this.moveOnce()) {
        const { year, month, day } = this.date();
        this.setWall(year, month, day, this.hour() * 3600);
      }
      this.at += this.stride(this.fields.hour, this.hour(), 3600);
      if (this.hour() === 0) return true;
    }
    return false;
  }

  private passMinutes(): boolean {
    while (!this.fields.minute.allows[this.minute()] && this.stepsLeft-- > 0) {
      if (this.moveOnce()) this.at = Math.floor(this.at / 60) * 60;
      this.at += this.stride(this.fields.minute, this.minute(), 60);
      if (this.minute() === 0) return true;
    }
    return false;
  }

  private passSeconds(): boolean {
    while (!this.fields.second.allows[this.second()] && this.stepsLeft-- > 0) {
      this.moved = true;
      this.at += this.stride(this.fields.second, this.second(), 1);
      if (this.second() === 0) return true;
    }
    return false;
  }

  /** The steps up to the next allowed value or the wrap, all at once if no clock changes meanwhile. */
  private stride({ allows }: Field, value: number, unit: number): number {
    const next = allows.indexOf(true, value + 1);
    const far = ((next < 0 ? allows.length : next) - value) * unit;
    return this.zone.offsetAt(this.at) === this.zone.offsetAt(this.at + far) ? far : unit;
  }

  private moveOnce(): boolean {
    if (this.moved) return false;
    this.moved = true;
    return true;
  }

  /** Go's time.Date: what a wall clock names in a gap or an overlap is decided by two look-ups. */
  private setWall(year: number, month: number, day: number, secondOfDay: number): void {
    const wall = daysFromCivil(year, month, day) * secondsPerDay + secondOfDay;
    const guess = wall - this.zone.offsetAt(wall);
    this.at = wall - this.zone.offsetAt(guess);
  }

  private wall(): number {
    return this.at + this.zone.offsetAt(this.at);
  }
  private days(): number {
    return Math.floor(this.wall() / secondsPerDay);
  }
  private date(): CivilDate {
    return civilFromDays(this.days());
  }
  private secondOfDay(): number {
    return this.wall() - this.days() * secondsPerDay;
  }
  private hour(): number {
    return Math.floor(this.secondOfDay() / 3600);
  }
  private minute(): number {
    return Math.floor(this.secondOfDay() / 60) % 60;
  }
  private second(): number {
    return this.secondOfDay() % 60;
  }
}
