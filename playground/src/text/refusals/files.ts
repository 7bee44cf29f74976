// 文件：safetensors、检查点和其中的 JSON。

import { rows } from "./sentences.ts";

export const FILES = rows({
  "these weights hold no run; loadWeights() reads the numbers alone":
    "文件里只有权重，没有训练设置",
  '"{name}" is of an unknown element type, "{type}"': "“{name}”的元素类型“{type}”无法识别",
  "what it says of its run is {value}, expected an object": "训练设置应为对象，现在是{value}",
  "what it says of its run is not JSON: {_}": "训练设置不是 JSON",
  "what it says of its run gives the key {key} twice": "训练设置中{key}出现了两次",
  "what it says of its run nests lists and objects deeper than {most}":
    "训练设置中的列表和对象嵌套超过了{most}层",
  "expected version {version}, received {value}": "版本应为{version}，现在是{value}",
  "its list of epochs is damaged": "各回合的记录已损坏",
  "its states of callbacks are {value}, expected an object":
    "回调函数的状态应为对象，现在是{value}",
  "the header is not JSON: {_}": "文件头不是 JSON",
  "the header gives the key {key} twice": "文件头中{key}出现了两次",
  "the header nests lists and objects deeper than {most}": "文件头中的列表和对象嵌套超过了{most}层",
  "the header must be an object, but is {value}": "文件头应为对象，现在是{value}",
  'the header must begin with "{", without space before it':
    "文件头应直接以“{”开头，前面不能有空格",
  "the header is not UTF-8 text": "文件头不是 UTF-8 文字",
  "the header claims {bytes} bytes, but only {room} follow its length":
    "文件头声称有{bytes}个字节，而后面只有{room}个",
  "the file is too short: {bytes} bytes, expected at least {least}":
    "文件太短：只有{bytes}个字节，至少应有{least}个",
  "__metadata__ must be an object, but is {value}": "__metadata__ 应为对象，现在是{value}",
  "__metadata__ may hold only strings, but {key} is {value}":
    "__metadata__ 只能包含文字，而{key}是{value}",
  "tensor {name} must be an object, but is {value}": "张量{name}应为对象，现在是{value}",
  "tensor {name} has dtype {type}, expected the name of an element type":
    "张量{name}的 dtype 是{type}，应为元素类型的名称",
  "tensor {name} has shape {shape}, which is not a shape": "张量{name}的 shape 是{shape}，不是形状",
  "tensor {name} has shape {shape}, which is too large to exist": "张量{name}的形状{shape}过大",
  "tensor {name} has data_offsets {offsets}, expected a beginning and an end from 0 up":
    "张量{name}的 data_offsets 是{offsets}，应为不小于 0 的起点和终点",
  "tensor {name} has {bytes} bytes between its offsets, expected {wanted} for {type}":
    "张量{name}的 data_offsets 之间有{bytes}个字节，而{type}需要{wanted}个",
  "tensors {one} and {other} overlap at byte {byte}": "张量{one}与{other}在第{byte}个字节处重叠",
  "there is a gap: bytes {from} to {to} belong to no tensor":
    "有空缺：第{from}到第{to}个字节不属于任何张量",
  "tensor {name} ends at byte {byte} of the data, which has {bytes}":
    "张量{name}到数据的第{byte}个字节才结束，而数据只有{bytes}个字节",
  "trailing bytes: {count} after the last tensor": "最后一个张量之后还有{count}个多余的字节",
  "tensor {name} holds {value}, which an int32 cannot hold; {_}":
    "张量{name}中有{value}，int32 放不下",
  "tensor {name} holds {value}, expected booleans 0 or 1":
    "张量{name}中有{value}，布尔值应为 0 或 1",
});
