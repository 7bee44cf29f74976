// A model of characters reads the quatrains of five characters a line in the Three Hundred Tang Poems until it
// knows them by heart. Given the first line of one it recites the rest; given a line that it has never seen it
// goes on in their manner. (Text as in the npm package chinese-poetry, which has 55,000 Tang poems more.)

import { fromData, type Tensor } from "neurite";
import { dense, embedding, gru } from "neurite/nn";
import { sequential } from "neurite/train";

const POEMS = `
  寥落古行宮，宮花寂寞紅。白頭宮女在，閒坐說玄宗。
  白日依山盡，黃河入海流。欲窮千里目，更上一層樓。
  三日入廚下，洗手作羹湯。未諳姑食性，先遣小姑嘗。
  紅豆生南國，春來發幾枝。願君多采擷，此物最相思。
  君自故鄉來，應知故鄉事。來日綺窗前，寒梅著花未？
  空山不見人，但聞人語響。返景入深林，復照青苔上。
  獨坐幽篁裏，彈琴復長嘯。深林人不知，明月來相照。
  綠蟻新醅酒，紅泥小火爐。晚來天欲雪，能飲一杯無？
  北斗七星高，哥舒夜帶刀。至今窺牧馬，不敢過臨洮。
  床前明月光，疑是地上霜，舉頭望明月，低頭思故鄉。
  向晚意不適，驅車登古原。夕陽無限好，只是近黃昏。
  鳴箏金粟柱，素手玉房前。欲得周郎顧，時時誤拂弦。
  嶺外音書斷，經冬復歷春。近鄉情更怯，不敢問來人。
  移舟泊煙渚，日暮客愁新。野曠天低樹，江清月近人。
  春眠不覺曉，處處聞啼鳥。夜來風雨聲，花落知多少。
  打起黃鶯兒，莫教枝上啼。啼時驚妾夢，不得到遼西。
  千山鳥飛絕，萬徑人蹤滅。孤舟蓑笠翁，獨釣寒江雪。
  懷君屬秋夜，散步詠涼天。空山松子落，幽人應未眠。
  終南陰嶺秀，積雪浮雲端。林表明霽色，城中增暮寒。
  故國三千里，深宮二十年。一聲何滿子，雙淚落君前。
  松下問童子，言師採藥去。只在此山中，雲深不知處。
  歸山深淺去，須盡丘壑美。莫學武陵人，暫遊桃源裏。
  孤雲將野鶴，豈向人間住。莫買沃洲山，時人已知處。
  昨夜裙帶解，今朝蟢子飛。鉛華不可棄，莫是藁砧歸。
  嫁得瞿塘賈，朝朝誤妾期。早知潮有信，嫁與弄潮兒。
  君家何處住，妾住在橫塘。停船暫借問，或恐是同鄉。
  家臨九江水，來去九江側。同是長幹人，生小不相識。
  鷲翎金僕姑，燕尾繡蝥弧。獨立揚新令，千營共一呼。
  林暗草驚風，將軍夜引弓。平明尋白羽，沒在石棱中。
  月黑雁飛高，單于夜遁逃。欲將輕騎逐，大雪滿弓刀。
  野幕敞瓊筵，羌戎賀勞旋。醉和金甲舞，雷鼓動山川。
`
  .trim()
  .split(/\s+/);

const CHARACTERS = [...new Set(POEMS.join(""))];
const LINE = 6; // with its comma or stop
const STEPS = 4 * LINE - 1;

/** Characters as numbers, [texts, steps]; what is shorter ends in zeros. */
function rows(texts: readonly string[]): Tensor {
  const numbers = new Int32Array(texts.length * STEPS);
  texts.forEach((text, i) => {
    numbers.set(
      [...text].map((character) => CHARACTERS.indexOf(character)),
      i * STEPS,
    );
  });
  return fromData(numbers, [texts.length, STEPS]);
}

const model = sequential(
  [STEPS],
  embedding(CHARACTERS.length, 32),
  gru(128, { returnSequences: true }),
  dense(CHARACTERS.length, { activation: "softmax" }),
).with({ seed: 1 });
model.compile({
  loss: "sparseCategoricalCrossentropy",
  optimizer: { name: "adam", learningRate: 0.01 },
});
// Of every character the one after it is asked for.
const [x, y] = [rows(POEMS.map((poem) => poem.slice(0, -1))), rows(POEMS.map((p) => p.slice(1)))];
const { epochs } = await model.fit(x, y, { epochs: 24, batchSize: 8 });
for (const { epoch, loss } of epochs.filter((_, i) => i % 8 === 7)) {
  console.log(`epoch ${epoch + 1}  loss ${loss!.toFixed(3)} a character`);
}

const isMark = fromData(
  Float32Array.from(CHARACTERS, (c) => +/[，。？]/.test(c)),
  [CHARACTERS.length],
);

/** Goes on from the openings, always by the most probable character that the form allows, up to four lines. */
async function recite(openings: readonly string[]): Promise<string[]> {
  let texts = [...openings];
  for (let length = LINE; length <= STEPS; length++) {
    const next = (await model.predict(rows(texts))).at(":", length - 1);
    const allowed = length % LINE === LINE - 1 ? isMark : isMark.neg().add(1);
    const best = next.mul(allowed).argmax(-1).data;
    texts = texts.map((text, i) => text + CHARACTERS[best[i]!]);
  }
  return texts;
}

const recited = await recite(POEMS.map((poem) => poem.slice(0, LINE)));
const known = recited.filter((text, i) => text === POEMS[i]);
console.log(`by heart: ${known.length} of ${POEMS.length}`);
console.log(known.slice(0, 2).join("\n"));
console.log("from lines of other poems:");
console.log((await recite(["海上生明月，", "山中一夜雨，", "江流天地外，"])).join("\n"));
