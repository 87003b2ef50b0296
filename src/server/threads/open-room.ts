import { catalogueFrom, catalogue as standardCatalogue } from "../../catalogue/index.js";
import { openSqliteHouse } from "../../store/index.js";
import type { Room } from "../services/room.js";
import { SourceFiles } from "../source/files.js";

/** What a thread, or a process, is started with; a catalogue of one's own goes as its text. */
export interface RoomStart {
  readonly store: string;
  readonly own?: { readonly text: string; readonly name: string };
}

export async function openRoom({ store, own }: RoomStart): Promise<Room> {
  return {
    ...(await openSqliteHouse(store)),
    catalogue: own ? catalogueFrom(own.text, own.name) : standardCatalogue(),
    files: new SourceFiles(store),
  };
}
