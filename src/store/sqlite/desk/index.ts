import type Database from "better-sqlite3";
import type { Comment, Desk, Opinion, Role, Token, Upload } from "../../desk.js";
import { write } from "../connection.js";
import { Said } from "./said.js";
import { Users } from "./users.js";

/** The desk over one connection. */
export class SqliteDesk implements Desk {
  private readonly people: Users;
  private readonly said: Said;

  constructor(private readonly database: Database.Database) {
    this.people = new Users(database);
    this.said = new Said(database);
  }

  async users() {
    return this.people.all();
  }
  async user(name: string) {
    return this.people.one(name);
  }
  async addUser(user: { name: string; role: Role; password: string }) {
    return this.write(() => this.people.add(user));
  }
  async changeUser(name: string, change: { role?: Role; password?: string }, keepSession?: string) {
    return this.write(() => this.people.change(name, change, keepSession));
  }
  async removeUser(name: string) {
    this.write(() => this.people.remove(name));
  }

  async beginSession(hash: string, user: string) {
    this.write(() => this.people.begin(hash, user));
  }
  async session(hash: string) {
    return this.people.session(hash);
  }
  async used(hashes: readonly string[], at: string) {
    this.write(() => this.people.used(hashes, at));
  }
  async endSession(hash: string) {
    this.write(() => this.people.end(hash));
  }
  async endSessions(unusedSince: string, madeBefore: string) {
    this.write(() => this.people.endOld(unusedSince, madeBefore));
  }

  async addToken(token: Omit<Token, "id" | "used"> & { hash: string }) {
    return this.write(() => this.people.addToken(token));
  }
  async tokens(user?: string) {
    return this.people.tokens(user);
  }
  async token(hash: string) {
    return this.people.token(hash);
  }
  async removeToken(id: string, user?: string) {
    return this.write(() => this.people.removeToken(id, user));
  }

  async addComment(comment: Omit<Comment, "id" | "at">) {
    return this.write(() => this.said.addComment(comment));
  }
  async comments(of: { figure?: string; clipping?: string }, limit: number, before?: string) {
    return this.said.comments(of, limit, before);
  }

  async addOpinion(opinion: Omit<Opinion, "id" | "at">) {
    return this.write(() => this.said.addOpinion(opinion));
  }
  async opinions(figure: string) {
    return this.said.opinions(figure);
  }
  async opinionPairs() {
    return this.said.pairs();
  }

  async setting(name: string) {
    return this.said.setting(name);
  }
  async set(name: string, value: string) {
    this.write(() => this.said.set(name, value));
  }

  async addUploads(uploads: readonly Omit<Upload, "at">[]) {
    this.write(() => this.said.addUploads(uploads));
  }
  async uploadNames(clippings: readonly string[]) {
    return this.said.uploadNames(clippings);
  }

  private write<T>(work: () => T): T {
    return write(this.database, work);
  }
}
