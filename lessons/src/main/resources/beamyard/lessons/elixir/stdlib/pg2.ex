defmodule :pg2 do
  # What was here is gone since OTP 24, where the module is kept to say so.
end
