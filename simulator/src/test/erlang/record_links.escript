#!/usr/bin/env escript
%% Links and unlinks numbered processes at random; prints what was done and the links as process_info shows them.
main(_) ->
  rand:seed(exsss, {1, 2, 3}),
  [record(N) || N <- [1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 20, 25, 30]].

record(N) ->
  Numbered = [spawn(fun() -> receive stop -> ok end end) || _ <- lists:seq(1, N)],
  Tied = spawn(fun toggle/0),
  Done = [begin Tied ! {lists:nth(I, Numbered), self()}, receive done -> I end end
          || I <- [rand:uniform(N) || _ <- lists:seq(1, N * 2)]],
  timer:sleep(50),
  {links, Links} = process_info(Tied, links),
  io:format("~s: ~s~n", [line(Done), line([string:str(Numbered, [P]) || P <- Links])]).

toggle() ->
  receive
    {Pid, Asking} ->
      case get(Pid) of
        undefined -> put(Pid, linked), link(Pid);
        linked -> erase(Pid), unlink(Pid)
      end,
      timer:sleep(2),
      Asking ! done,
      toggle()
  end.

line(Numbers) -> lists:join(" ", [integer_to_list(N) || N <- Numbers]).
