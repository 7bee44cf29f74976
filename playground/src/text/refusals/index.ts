// 程序库的英文说明，换成中文。只有在出现这样的说明时才会载入。

import { ARGUMENTS, FIELDS, KINDS } from "./arguments.ts";
import { FILES } from "./files.ts";
import { NETWORKS } from "./networks.ts";
import { PROGRAMS } from "./programs.ts";
import { RUNNING } from "./running.ts";
import { rows, type Wording, wordingOf } from "./sentences.ts";
import { TRAINING } from "./training.ts";

/** 说明前面的出处。 */
const PLACES = rows({
  'layer "{name}": {rest}': "层“{name}”：{rest}",
  'activation "{name}": {rest}': "激活函数“{name}”：{rest}",
  'initializer "{name}": {rest}': "初始化方法“{name}”：{rest}",
  'loss "{name}": {rest}': "损失函数“{name}”：{rest}",
  'optimizer "{name}": {rest}': "优化算法“{name}”：{rest}",
  'schedule "{name}": {rest}': "学习率调整“{name}”：{rest}",
  'in "{field}": {rest}': "“{field}”里面：{rest}",
  "checkpoint: {rest}": "检查点：{rest}",
  "the document: {rest}": "整个文档：{rest}",
  // 函数名对读者没有用处。
  "spec: {rest}": "{rest}",
  "compile: {rest}": "{rest}",
  "connect: {rest}": "{rest}",
  "fit: {rest}": "{rest}",
  "sequential: {rest}": "{rest}",
  "Timeline: {rest}": "{rest}",
  "kerasCodeOf: {rest}": "{rest}",
  "torchCodeOf: {rest}": "{rest}",
  "{where}: {rest}": "{where}：{rest}",
});

/** 中文的说法；不认识的句子为 null。 */
export const inChinese: Wording = wordingOf(
  FILES,
  PROGRAMS,
  RUNNING,
  PLACES,
  TRAINING,
  ARGUMENTS,
  NETWORKS,
  FIELDS,
  KINDS,
);
