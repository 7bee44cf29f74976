// 参数、选项和名称：它们应该是什么，现在是什么。

import { rows } from "./sentences.ts";

export const ARGUMENTS = rows({
  "expected {name} to be {kind}, received nothing": "缺少{name}，它应为{kind}",
  "expected {name} to be {kind}, received {value}. {hint}.":
    "{name}应为{kind}，现在是{value}。{hint}",
  "expected {name} to be {kind}, received {value}": "{name}应为{kind}，现在是{value}",
  "expected {name}, {kind}, received nothing": "缺少{name}，它应为{kind}",
  'there is no option "{name}". Did you mean "{meant}"? Expected one of: {known}.':
    "没有名为“{name}”的选项，是不是想写“{meant}”？可用的选项有：{known}",
  'there is no option "{name}". Expected one of: {known}.':
    "没有名为“{name}”的选项，可用的选项有：{known}",
  'expected no options, received "{name}"': "这里不接受选项，现在却有“{name}”",
  "Expected the name of {what}, received {value}.": "这里应写{what}的名称，现在是{value}",
  "Expected the kind of {what}, received {value}.": "这里应写{what}的种类，现在是{value}",
});

/** 文档里的字段，例如 run 规格的 data.samples。 */
export const FIELDS = rows({
  'there is no such field. Did you mean "{meant}"? Expected one of: {known}.':
    "没有这个字段，是不是想写“{meant}”？可用的字段有：{known}",
  "there is no such field. Expected one of: {known}.": "没有这个字段，可用的字段有：{known}",
  "expected this field, received nothing": "缺少这个字段",
  "this version of Neurite reads version {version}": "这一版 Neurite 只读第{version}版的文件",
  "expected {kind}, received {value}. {hint}.": "应为{kind}，现在是{value}。{hint}",
});

/** “expected”后面的说法，以及“received”后面不是原值的说法。 */
export const KINDS = rows({
  "a finite number other than 0": "除 0 以外的有限数",
  "a finite number": "有限数",
  "a number above 0": "大于 0 的数",
  "a number of 0 or more": "不小于 0 的数",
  "a number from 0 to below 1": "不小于 0 且小于 1 的数",
  "a number from 0 to 1": "0 到 1 的数",
  "a whole number above 0": "大于 0 的整数",
  "a whole number of 0 or more": "不小于 0 的整数",
  "a whole number from {low} to {high}": "{low}到{high}的整数",
  "a whole number": "整数",
  "true or false": "true 或 false",
  "a text": "一段文字",
  'a text without "/"': "不含“/”的文字",
  "an object": "对象",
  "a list": "列表",
  "an empty list": "空列表",
  "a list of {count}": "有{count}项的列表",
  nothing: "空",
  "a shape, a list of whole numbers of 0 or more": "形状，即由不小于 0 的整数组成的列表",
  "a name, or an object with a name": "名称，或者带有名称的对象",
  "a list, each {kind}": "列表，每一项都是{kind}",
  "one or two whole numbers above 0": "一个或两个大于 0 的整数",
  "one or three whole numbers above 0": "一个或三个大于 0 的整数",
  "a whole number of 0 or more, or [before, after]": "不小于 0 的整数，或者 [前, 后]",
  "a whole number of 0 or more, or one or [before, after] for each of two axes":
    "不小于 0 的整数，或者两个轴各自的一个整数或 [前, 后]",
  "a whole number of 0 or more, or one or [before, after] for each of three axes":
    "不小于 0 的整数，或者三个轴各自的一个整数或 [前, 后]",
  "a layer, as dense(3) makes": "层，例如 dense(3)",
  "a list of one layer or more, as [dense(3)]": "至少有一层的列表，例如 [dense(3)]",
  '"balanced", or weights of 0 or more by class': "“balanced”，或者按类别给出的不小于 0 的权重",
  "a recurrent layer, as lstm(8) makes": "循环层，例如 lstm(8)",
  "a function of tensors, as (x) => x.square(). It stands in the program alone: no specification and no file can hold a function":
    "张量的函数，例如 (x) => x.square()，它只能写在程序里，任何设置或文件都不能包含函数",
  "a list of one object or more": "至少有一个对象的列表",
  "a list of one text or more, none of them twice": "至少有一段文字的列表，而且互不重复",
  "a list of one finite number or more, each above the one before":
    "至少有一个有限数的列表，而且依次增大",
  "an input()": "输入",
  "an activation": "激活函数",
  "an initializer": "初始化方法",
  "a layer": "层",
  'an expression, as "w*x + b"': '公式，例如 "w*x + b"',
  "at least one element": "至少有一项的列表",
  "Whole numbers are exact below 2^53 only": "整数只有在 2^53 以下才是精确的",
  "{one}, or {other}": "{one}，或者{other}",
  "{one} or {other}": "{one}或{other}",
});
